package io.mooring.billing.credits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.mooring.billing.Account;
import io.mooring.billing.Amount;
import io.mooring.billing.Asset;
import io.mooring.billing.Balances;
import io.mooring.billing.Decline;
import io.mooring.billing.Funds;
import io.mooring.billing.Purchase;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.InMemoryBlobs;
import io.mooring.platform.commit.GroupCommitter;
import io.mooring.platform.commit.InMemoryStore;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Rules;
import io.mooring.platform.commit.Stores;
import io.mooring.platform.commit.ThreadPace;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.table.Prefix;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class CreditsTest {
  private static final TenantId ACME = new TenantId("ten_acme");

  private final InMemoryStore store = new InMemoryStore();
  private final Credits credits =
      new Credits(
          GroupCommitter.racing(
              Stores.of(store, new InMemoryBlobs(), store),
              Rules.standard(),
              new ThreadPace(Clock.systemUTC(), Executors.newVirtualThreadPerTaskExecutor()),
              new SecureRandom()),
          store,
          Clock.systemUTC());

  @Test
  void aTopUpIsThereAndItsPostingsAddUpToIt() {
    assertInstanceOf(Settled.Done.class, topUp("pur_1", 100));
    assertInstanceOf(Settled.Done.class, topUp("pur_2", 50));

    assertEquals(Funds.bought(150), credits.purses(ACME).cpc().available());
    Balances replayed =
        Balances.of(
            store.first(Prefix.of(ACME, "POSTED"), 100).items().stream()
                .flatMap(item -> PostedJson.postings(JsonTree.parse(item.body())).stream())
                .toList());
    assertEquals(150, replayed.of(Asset.CPC, Account.PREPAID));
    assertEquals(0, replayed.total(Asset.CPC));
  }

  @Test
  void aPurchaseIsMadeOnce() {
    topUp("pur_1", 100);

    var again = assertInstanceOf(Settled.Unchanged.class, topUp("pur_1", 100));

    assertInstanceOf(Outcome.EffectRefused.class, again.outcome());
    assertEquals(100, credits.purses(ACME).cpc().available().total());
  }

  @Test
  void aChargebackBeyondWhatIsLeftBecomesADebtAndTheNextPurchasePaysIt() {
    topUp("pur_1", 100);
    credits.refund(Asked.by("operator"), ACME, "ref_1", "pur_1", 60);

    var tooMuch = credits.chargeback(Asked.by("operator"), ACME, "cb_1", "pur_1", 41);
    credits.chargeback(Asked.by("operator"), ACME, "cb_2", "pur_1", 40);

    assertEquals(new Settled.Declined<Purchase>(Decline.EXCEEDS_PURCHASE, 1), tooMuch);
    assertEquals(0, credits.purses(ACME).cpc().available().total());
  }

  @Test
  void aFrozenPurseTakesNothing() {
    credits.freeze(Asked.by("operator"), ACME, Asset.CPC, true, "it does not add up");

    assertEquals(new Settled.Declined<Purchase>(Decline.FROZEN, 0), topUp("pur_1", 100));
  }

  private Settled<Purchase> topUp(String id, long units) {
    return credits.topUp(Asked.by("operator"), ACME, id, new Amount(Asset.CPC, units));
  }
}
