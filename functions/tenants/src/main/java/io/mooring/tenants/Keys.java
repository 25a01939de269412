package io.mooring.tenants;

import io.mooring.platform.Ids;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.Condition;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Write;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Mode;
import io.mooring.platform.identity.Scope;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.page.PageRequest;
import io.mooring.platform.problem.RefusedException;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Table;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** The API keys of a tenant: made, rotated with overlap, revoked; each change is in its journal. */
@Singleton
public final class Keys {
  private final Table table;
  private final Ids ids;
  private final InstantSource clock;
  private final RandomGenerator random;

  public Keys(Table table, Ids ids, InstantSource clock, RandomGenerator random) {
    this.table = table;
    this.ids = ids;
    this.clock = clock;
    this.random = random;
  }

  /** What is to be committed for a key to be there, and what its creator is told. */
  public record Made(Write write, ApiKey key, StoredKey stored) {}

  /** Prepares a key; {@code lifetime} is zero for one that does not expire. */
  public Made made(
      Caller by,
      String name,
      Mode mode,
      Set<Scope> scopes,
      Duration lifetime,
      Certificate certificate) {
    refuseBeyondOwn(by, scopes);

    Instant now = now();
    Instant expires = lifetime.isZero() ? Instant.MAX : now.plus(lifetime);
    Made made = fresh(by.tenant(), name, mode, scopes, now, expires, certificate);

    Write write =
        journal(by)
            .entry(said("key.created", made.stored()))
            .effect(Effect.create(StoredKey.key(made.stored().id()), made.stored().body()));
    if (!certificate.isNone()) {
      write = write.effect(Effect.create(certificate.key(by.tenant()), bytes(made.stored().id())));
    }
    return new Made(write, made.key(), made.stored());
  }

  /**
   * Prepares a key with the name, scopes and certificate of another one, whose text goes on working
   * for {@code overlap} and no longer.
   */
  public Made rotated(Caller by, KeyId id, Duration overlap, Function<Item, Condition> expected) {
    Item read = table.get(StoredKey.key(id));
    Condition condition = expected.apply(read);
    Instant now = now();
    if (!read.exists()) {
      Made unused = fresh(by.tenant(), "", Mode.TEST, Set.of(), now, Instant.MAX, Certificate.NONE);
      return new Made(nothing(by, "key.rotated", read, condition), unused.key(), unused.stored());
    }
    StoredKey old = StoredKey.of(by.tenant(), read);
    refuseBeyondOwn(by, old.scopes());

    Instant expires =
        old.hasExpiry() ? now.plus(Duration.between(old.created(), old.expires())) : Instant.MAX;
    Made made =
        fresh(by.tenant(), old.name(), old.mode(), old.scopes(), now, expires, old.certificate());
    StoredKey ending = old.until(now.plus(overlap));

    Write write =
        journal(by)
            .entry(said("key.created", made.stored()))
            .entry(said("key.rotated", ending))
            .effect(Effect.create(StoredKey.key(made.stored().id()), made.stored().body()))
            .effect(new Effect.Put(read.key(), ending.body(), condition));
    if (old.hasCertificate()) {
      Item whose = table.get(old.certificate().key(by.tenant()));
      write = write.effect(Effect.put(whose, bytes(made.stored().id())));
    }
    return new Made(write, made.key(), made.stored());
  }

  public Write revoked(Caller by, KeyId id, Function<Item, Condition> expected) {
    Item read = table.get(StoredKey.key(id));
    Write write =
        journal(by)
            .entry(
                NewEntry.of(
                    "key.revoked",
                    id.value(),
                    Content.json(JsonTree.text(JsonTree.object().put("id", id.value())))))
            .effect(new Effect.Delete(read.key(), expected.apply(read)));
    Certificate certificate =
        read.exists() ? StoredKey.of(by.tenant(), read).certificate() : Certificate.NONE;
    return certificate.isNone()
        ? write
        : write.effect(Effect.delete(table.get(certificate.key(by.tenant()))));
  }

  public Item find(KeyId id) {
    return table.get(StoredKey.key(id));
  }

  public Slice all(TenantId tenant, PageRequest page) {
    return Slice.of(table, tenant, StoredKey.KIND, page);
  }

  /** Reads the scopes that a client names; none named are all that it has itself. */
  public static Set<Scope> scopes(Caller by, Optional<List<String>> words) {
    if (words.isEmpty()) {
      return by.scopes();
    }
    return words.get().stream()
        .map(
            word ->
                Scope.ofTenant(word)
                    .orElseThrow(
                        () ->
                            new RefusedException(
                                TenantsRefusal.SCOPE_UNKNOWN, "one of the scopes does not exist")))
        .collect(Collectors.toUnmodifiableSet());
  }

  static void refuseBeyondOwn(Caller by, Set<Scope> scopes) {
    if (!by.scopes().containsAll(scopes)) {
      throw new RefusedException(
          TenantsRefusal.SCOPE_BEYOND_OWN, "the credential lacks a scope that it would give");
    }
  }

  private Made fresh(
      TenantId tenant,
      String name,
      Mode mode,
      Set<Scope> scopes,
      Instant now,
      Instant expires,
      Certificate certificate) {
    ApiKey key = ApiKey.fresh(mode, new KeyId(tenant, ids.next(KeyId.PREFIX)), random);
    var stored = new StoredKey(key.id(), name, mode, scopes, key.hash(), now, expires, certificate);
    return new Made(Write.to(LedgerId.journal(tenant)), key, stored);
  }

  private static byte[] bytes(KeyId id) {
    return id.value().getBytes(StandardCharsets.US_ASCII);
  }

  /** What {@link #bytes} wrote into a certificate's item. */
  static KeyId of(TenantId tenant, Item certificate) {
    return new KeyId(tenant, new String(certificate.body(), StandardCharsets.US_ASCII));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** A write that commits nothing, unless it repeats one that did. */
  static Write nothing(Caller by, String type, Item absent, Condition condition) {
    return journal(by)
        .entry(NewEntry.of(type, Slice.nameOf(absent.key()), Content.json("{}")))
        .effect(new Effect.Check(absent.key(), condition));
  }

  static Write journal(Caller by) {
    return Write.to(LedgerId.journal(by.tenant())).by(by.subject());
  }

  private static NewEntry said(String type, StoredKey key) {
    return NewEntry.of(type, key.id().value(), Content.json(JsonTree.text(key.said())));
  }
}
