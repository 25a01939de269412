package io.mooring.ledgers;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a ledger's entries are. */
public enum Kind {
  /** Entries of any content, one after the other. */
  LOG("log"),

  /** Blocks of Ethereum transactions: the ledger is a chain. */
  EVM("evm");

  private final String word;

  Kind(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  public static Optional<Kind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }

  public static String words() {
    return Arrays.stream(values()).map(Kind::word).collect(Collectors.joining(", "));
  }
}
