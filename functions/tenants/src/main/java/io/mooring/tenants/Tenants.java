package io.mooring.tenants;

import io.mooring.platform.Base32;
import io.mooring.platform.Ids;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Condition;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.commit.IdempotencyKey;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Write;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.identity.Mode;
import io.mooring.platform.identity.Plan;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.page.PageRequest;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.mooring.platform.secret.Secrets;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Table;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The platform's tenants: born with a journal whose first entries say so, and with an owner's key.
 *
 * <pre>
 * pk                sk                body
 * T#ten_acme#       TENANT#           {@link Tenant}
 * T#ten_operator#   TENANTS#ten_…#    empty: the operator's list of tenants
 * </pre>
 *
 * A tenant is born by a commit of its own journal, and listed by one of the operator's after it.
 * Where the second is lost with the answer, a repetition of the request makes up for it; where
 * nobody repeats, there is a tenant that nobody has a key of.
 */
@Singleton
public final class Tenants {
  static final String LIST = "TENANTS";

  private static final String MAC = "HmacSHA256";
  private static final int ID_BYTES = 16;
  private static final String OWNER_KEY = "owner";

  private final Committer committer;
  private final Table table;
  private final Ids ids;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Secrets secrets;

  public Tenants(
      Committer committer,
      Table table,
      Ids ids,
      InstantSource clock,
      RandomGenerator random,
      Secrets secrets) {
    this.committer = committer;
    this.table = table;
    this.ids = ids;
    this.clock = clock;
    this.random = random;
    this.secrets = secrets;
  }

  /** What is to be committed for a tenant to be there, and what its creator is told. */
  public record Birth(Write write, Tenant tenant, ApiKey key) {}

  /**
   * Prepares a tenant. A repetition of the same request has the same id, so it meets the journal
   * that remembers the first one.
   */
  public Birth born(String name, Plan plan, String submitter, Optional<IdempotencyKey> repeated) {
    TenantId id = repeated.map(this::derived).orElseGet(() -> new TenantId(ids.next("ten_")));
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var tenant = new Tenant(id, name, plan, Tenant.Status.ACTIVE, now);
    ApiKey key = ApiKey.fresh(Mode.TEST, new KeyId(id, ids.next(KeyId.PREFIX)), random);
    var stored =
        new StoredKey(
            key.id(),
            OWNER_KEY,
            Mode.TEST,
            Role.OWNER.scopes(),
            key.hash(),
            now,
            Instant.MAX,
            Certificate.NONE);
    Write write =
        Write.to(LedgerId.journal(id))
            .by(submitter)
            .entry(said("tenant.created", tenant))
            .entry(
                NewEntry.of(
                    "key.created", key.id().value(), Content.json(JsonTree.text(stored.said()))))
            .effect(Effect.create(Tenant.key(id), tenant.body()))
            .effect(Effect.create(StoredKey.key(key.id()), stored.body()));
    return new Birth(write, tenant, key);
  }

  /** Puts a tenant on the operator's list, where it may be already. */
  public void list(TenantId id) {
    Key key = Key.of(TenantId.OPERATOR, LIST, id.value());
    if (table.get(key).exists()) {
      return;
    }
    Write write =
        Write.to(LedgerId.journal(TenantId.OPERATOR))
            .by("operator")
            .entry(
                NewEntry.of(
                    "tenant.listed",
                    id.value(),
                    Content.json(JsonTree.text(JsonTree.object().put("id", id.value())))))
            .effect(Effect.create(key, new byte[0]));
    Outcome outcome = committer.commit(write);
    boolean listed = outcome instanceof Outcome.Won || outcome instanceof Outcome.EffectRefused;
    if (!listed) {
      throw new RefusedException(
          PlatformRefusal.OUTCOME_UNKNOWN, "the tenant is there but not yet on the list");
    }
  }

  public Item find(TenantId id) {
    return table.get(Tenant.key(id));
  }

  /** A page of the operator's list, as the tenants are now. */
  public Listed all(PageRequest page) {
    Slice slice = Slice.of(table, TenantId.OPERATOR, LIST, page);
    List<Tenant> tenants =
        slice.items().stream()
            .map(item -> find(new TenantId(Slice.nameOf(item.key()))))
            .map(Tenant::of)
            .toList();
    return new Listed(tenants, slice.next());
  }

  /** Some tenants, and the position after which the next ones follow; empty where none do. */
  public record Listed(List<Tenant> tenants, String next) {}

  /** A change of a tenant, and the tenant as it is after it. */
  public record Change(Write write, Optional<Tenant> after) {}

  public Change suspended(Caller by, TenantId id, Function<Item, Condition> expected) {
    return changed(by, id, expected, "tenant.suspended", t -> t.with(Tenant.Status.SUSPENDED));
  }

  public Change reactivated(Caller by, TenantId id, Function<Item, Condition> expected) {
    return changed(by, id, expected, "tenant.reactivated", t -> t.with(Tenant.Status.ACTIVE));
  }

  public Change moved(Caller by, TenantId id, Plan plan, Function<Item, Condition> expected) {
    return changed(by, id, expected, "tenant.plan-changed", t -> t.with(plan));
  }

  /** Closes a tenant for good: this is the last entry of its journal. */
  public Change closed(Caller by, TenantId id, Function<Item, Condition> expected) {
    Change change = changed(by, id, expected, "tenant.closed", t -> t.with(Tenant.Status.CLOSED));
    return new Change(change.write().andClose(), change.after());
  }

  private Change changed(
      Caller by,
      TenantId id,
      Function<Item, Condition> expected,
      String type,
      Function<Tenant, Tenant> change) {
    Item read = find(id);
    Condition condition = expected.apply(read);
    Write write = Write.to(LedgerId.journal(id)).by(by.subject());
    if (!read.exists()) {
      // It commits nothing, unless it repeats a request that did.
      return new Change(
          write
              .entry(NewEntry.of(type, id.value(), Content.json("{}")))
              .effect(new Effect.Check(read.key(), condition)),
          Optional.empty());
    }
    Tenant after = change.apply(Tenant.of(read));
    return new Change(
        write.entry(said(type, after)).effect(new Effect.Put(read.key(), after.body(), condition)),
        Optional.of(after));
  }

  private static NewEntry said(String type, Tenant tenant) {
    return NewEntry.of(type, tenant.id().value(), Content.of("application/json", tenant.body()));
  }

  private TenantId derived(IdempotencyKey key) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(secrets.secret("tenant-ids"), MAC));
      byte[] digest = mac.doFinal(key.hash().bytes());
      return new TenantId("ten_" + Base32.of(Arrays.copyOf(digest, ID_BYTES)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has " + MAC, e);
    }
  }
}
