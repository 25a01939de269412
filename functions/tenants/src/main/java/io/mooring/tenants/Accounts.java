package io.mooring.tenants;

import io.mooring.platform.TenantId;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Table;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Reads what a credential must agree with: its tenant, and its key. */
@Singleton
final class Accounts {
  private final Table table;

  Accounts(Table table) {
    this.table = table;
  }

  Optional<Tenant> tenant(TenantId id) {
    Item item = table.get(Tenant.key(id));
    return item.exists() ? Optional.of(Tenant.of(item)) : Optional.empty();
  }

  Optional<StoredKey> key(KeyId id) {
    Item item = table.get(StoredKey.key(id));
    return item.exists() ? Optional.of(StoredKey.of(id.tenant(), item)) : Optional.empty();
  }

  /** The key that a certificate is good for at a tenant. */
  Optional<KeyId> keyOf(TenantId tenant, Certificate certificate) {
    Item item = table.get(certificate.key(tenant));
    return item.exists() ? Optional.of(Keys.of(tenant, item)) : Optional.empty();
  }

  Optional<TrustedIssuer> issuer(TenantId tenant, String issuer) {
    Item item = table.get(TrustedIssuer.key(tenant, TrustedIssuer.idOf(issuer)));
    return item.exists() ? Optional.of(TrustedIssuer.of(tenant, item)) : Optional.empty();
  }

  Optional<Member> member(TenantId tenant, String issuer, String subject) {
    Item item = table.get(Member.key(tenant, Member.idOf(issuer, subject)));
    return item.exists() ? Optional.of(Member.of(tenant, item)) : Optional.empty();
  }

  /** Only whoever has shown a valid credential is told that the tenant does not work. */
  static void refuseInactive(Tenant tenant) {
    if (tenant.status() != Tenant.Status.ACTIVE) {
      throw new RefusedException(
          PlatformRefusal.TENANT_SUSPENDED, "the tenant is " + tenant.status().word());
    }
  }
}
