package io.mooring.ledgers;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who may read a ledger beside the credentials of its tenant that may read ledgers. */
public enum Readers {
  /** Nobody. To everybody else the ledger does not exist. */
  PRIVATE("private"),
  /** The tenant's auditors: credentials of the tenant that may read evidence. */
  AUDITORS("auditors"),
  /** Everybody, without a credential: checkpoint, tiles, proofs, entries and their payloads. */
  PUBLIC("public");

  private final String word;

  Readers(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  public static Optional<Readers> of(String word) {
    return Arrays.stream(values()).filter(readers -> readers.word.equals(word)).findFirst();
  }

  public static String words() {
    return Arrays.stream(values()).map(Readers::word).collect(Collectors.joining(", "));
  }
}
