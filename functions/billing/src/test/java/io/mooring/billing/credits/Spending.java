package io.mooring.billing.credits;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.mooring.billing.Amount;
import io.mooring.billing.Asset;
import io.mooring.platform.TenantId;

/** Makes a tenant's credits scarce, for the tests of those who take some back. */
public final class Spending {
  private Spending() {}

  public static void hold(Credits credits, TenantId tenant, Asset asset, long units) {
    assertInstanceOf(
        Settled.Done.class,
        credits.hold(Asked.by("test"), tenant, "hold_1", new Amount(asset, units), Long.MAX_VALUE));
  }
}
