package io.mooring.tenants;

import io.mooring.platform.TenantId;
import io.mooring.platform.commit.Condition;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Write;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.outbound.GuardedFetch;
import io.mooring.platform.outbound.OutboundException;
import io.mooring.platform.page.PageRequest;
import io.mooring.platform.problem.RefusedException;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Table;
import jakarta.inject.Singleton;
import java.util.function.Function;

/** The issuers that a tenant trusts to say who its members are. */
@Singleton
public final class Issuers {
  private final Table table;
  private final GuardedFetch fetch;
  private final String ownIssuer;

  public Issuers(Table table, GuardedFetch fetch, IdentityConfig config) {
    this.table = table;
    this.fetch = fetch;
    this.ownIssuer = config.issuer();
  }

  public Write trusted(Caller by, TrustedIssuer issuer) {
    issuer.roles().values().forEach(role -> Keys.refuseBeyondOwn(by, role.scopes()));
    refuseUnfit(issuer);

    return Keys.journal(by)
        .entry(
            NewEntry.of("issuer.trusted", issuer.id(), Content.json(JsonTree.text(issuer.said()))))
        .effect(
            Effect.create(
                TrustedIssuer.key(issuer.tenant(), issuer.id()), JsonTree.bytes(issuer.said())));
  }

  public Write distrusted(Caller by, String id, Function<Item, Condition> expected) {
    Item read = find(by.tenant(), id);
    return Keys.journal(by)
        .entry(
            NewEntry.of(
                "issuer.distrusted",
                id,
                Content.json(JsonTree.text(JsonTree.object().put("id", id)))))
        .effect(new Effect.Delete(read.key(), expected.apply(read)));
  }

  public Item find(TenantId tenant, String id) {
    return table.get(TrustedIssuer.key(tenant, id));
  }

  public Slice all(TenantId tenant, PageRequest page) {
    return Slice.of(table, tenant, TrustedIssuer.KIND, page);
  }

  private void refuseUnfit(TrustedIssuer issuer) {
    if (issuer.issuer().equals(ownIssuer)) {
      throw new RefusedException(
          TenantsRefusal.ISSUER_REFUSED, "this deployment's own tokens need no trust");
    }
    try {
      fetch.checked(issuer.issuer());
      fetch.checked(issuer.jwksUrl());
    } catch (OutboundException e) {
      throw new RefusedException(TenantsRefusal.ISSUER_REFUSED, String.valueOf(e.getMessage()));
    }
  }
}
