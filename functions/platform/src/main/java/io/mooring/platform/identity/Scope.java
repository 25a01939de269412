package io.mooring.platform.identity;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One thing that a credential may do: read or write one kind of resource. */
public enum Scope {
  OPERATOR("operator"),
  LEDGERS_READ("ledgers:read"),
  LEDGERS_WRITE("ledgers:write"),
  LEDGERS_ERASE("ledgers:erase"),
  CONTRACTS_READ("contracts:read"),
  CONTRACTS_WRITE("contracts:write"),
  DEVICES_READ("devices:read"),
  DEVICES_WRITE("devices:write"),
  EVIDENCE_READ("evidence:read"),
  EVIDENCE_WRITE("evidence:write"),
  WEBHOOKS_READ("webhooks:read"),
  WEBHOOKS_WRITE("webhooks:write"),
  CREDITS_READ("credits:read"),
  CREDITS_WRITE("credits:write"),
  KEYS_READ("keys:read"),
  KEYS_WRITE("keys:write"),
  MEMBERS_READ("members:read"),
  MEMBERS_WRITE("members:write");

  private static final Map<String, Scope> BY_WORD =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(Scope::word, Function.identity()));

  private final String word;

  Scope(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  public boolean readsOnly() {
    return word.endsWith(":read");
  }

  /** The scope of that word, if there is one that a tenant can hold. */
  public static Optional<Scope> ofTenant(String word) {
    return Optional.ofNullable(BY_WORD.get(word)).filter(scope -> scope != OPERATOR);
  }
}
