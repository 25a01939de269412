package io.mooring.tenants;

import io.mooring.platform.identity.Scope;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a member is for a tenant, and therefore what it may do. */
public enum Role {
  OWNER("owner", all()),
  ADMIN("admin", without(all(), Scope.CREDITS_WRITE)),
  DEVELOPER(
      "developer",
      without(
          all(),
          Scope.LEDGERS_ERASE,
          Scope.CREDITS_WRITE,
          Scope.KEYS_WRITE,
          Scope.MEMBERS_READ,
          Scope.MEMBERS_WRITE)),
  AUDITOR("auditor", reading()),
  BILLING("billing", EnumSet.of(Scope.CREDITS_READ, Scope.CREDITS_WRITE));

  private final String word;
  private final Set<Scope> scopes;

  Role(String word, Set<Scope> scopes) {
    this.word = word;
    this.scopes = Set.copyOf(scopes);
  }

  public String word() {
    return word;
  }

  public Set<Scope> scopes() {
    return scopes;
  }

  public static Optional<Role> of(String word) {
    return Arrays.stream(values()).filter(role -> role.word.equals(word)).findFirst();
  }

  private static Set<Scope> all() {
    return EnumSet.complementOf(EnumSet.of(Scope.OPERATOR));
  }

  private static Set<Scope> reading() {
    return all().stream().filter(Scope::readsOnly).collect(Collectors.toSet());
  }

  private static Set<Scope> without(Set<Scope> scopes, Scope... less) {
    Set<Scope> fewer = EnumSet.copyOf(scopes);
    fewer.removeAll(Set.of(less));
    return fewer;
  }
}
