package io.mooring.billing.credits;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.mooring.billing.Asset;
import io.mooring.platform.TenantId;
import java.util.List;

/** Makes a tenant's credits scarce, for the tests of those who take some back. */
public final class Spending {
  private Spending() {}

  public static void hold(Credits credits, TenantId tenant, Asset asset, long units) {
    assertInstanceOf(
        Settled.Done.class,
        credits.change(
            Asked.by("test"),
            tenant,
            now ->
                now.purses()
                    .of(asset)
                    .hold("hold_1", units, Long.MAX_VALUE, now.millis())
                    .map(
                        made ->
                            new Credits.Change<>(made.other(), List.of(made.purse()), List.of()))));
  }
}
