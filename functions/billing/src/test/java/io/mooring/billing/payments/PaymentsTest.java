package io.mooring.billing.payments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mooring.billing.Account;
import io.mooring.billing.Asset;
import io.mooring.billing.Balances;
import io.mooring.billing.Posting;
import io.mooring.billing.Purse;
import io.mooring.billing.credits.Asked;
import io.mooring.billing.credits.Credits;
import io.mooring.billing.credits.PostedJson;
import io.mooring.billing.credits.Spending;
import io.mooring.billing.payments.Payments.Ending;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.InMemoryBlobs;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.GroupCommitter;
import io.mooring.platform.commit.InMemoryStore;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Rules;
import io.mooring.platform.commit.Stores;
import io.mooring.platform.commit.ThreadPace;
import io.mooring.platform.commit.Write;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.problem.RefusedException;
import io.mooring.platform.secret.InMemorySecrets;
import io.mooring.platform.secret.Secrets;
import io.mooring.platform.table.Prefix;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Stripe says, in any order and any number of times, and the credits that follow from it. */
class PaymentsTest {
  private static final TenantId ACME = new TenantId("ten_acme");
  private static final String PI = "pi_1";

  private final InMemoryStore store = new InMemoryStore();
  private final Committer committer =
      GroupCommitter.racing(
          Stores.of(store, new InMemoryBlobs(), store),
          Rules.standard(),
          new ThreadPace(Clock.systemUTC(), Executors.newVirtualThreadPerTaskExecutor()),
          new SecureRandom());
  private final Credits credits = new Credits(committer, store, Clock.systemUTC());
  private final Payments payments =
      new Payments(committer, store, store, credits, new Rates("eur", 10, 20));
  private final Secrets secrets = new InMemorySecrets();
  private final StripePayments stripe = new StripePayments(secrets, Clock.systemUTC());

  PaymentsTest() {
    secrets.keep(StripePayments.SECRET, Stripe.SECRET);
    committer.commit(
        Write.to(LedgerId.journal(ACME))
            .entry(NewEntry.of("tenant.created", "ten_acme", Content.json("{}"))));
  }

  @Test
  void aPaidCheckoutBecomesCreditsOnce() {
    byte[] paid = Stripe.checkout("evt_1", PI, "ten_acme", "CPC", 1_250);
    assertEquals(Ending.APPLIED, tell(paid));
    assertEquals(Ending.APPLIED, tell(paid));
    assertEquals(Ending.APPLIED, tell(Stripe.succeeded("evt_2", PI, "ten_acme", "CPC", 1_250)));
    assertEquals(12_500, cpc().available().bought());
    assertEquals(List.of("top-up 12500"), postings());
  }

  @Test
  void aRefundThatTheCreditsDoNotCoverBecomesADebtAndTheNextPurchasePaysIt() {
    tell(Stripe.checkout("evt_1", PI, "ten_acme", "CPC", 1_000));
    Spending.hold(credits, ACME, Asset.CPC, 9_000);
    tell(Stripe.refunded("evt_2", PI, 500));
    assertEquals(0, cpc().available().bought());
    assertEquals(4_000, cpc().debt());
    tell(Stripe.checkout("evt_3", "pi_2", "ten_acme", "CPC", 600));
    assertEquals(2_000, cpc().available().bought());
    assertEquals(0, cpc().debt());
  }

  @Test
  void aDisputeTakesAndWinningItGivesBack() {
    tell(Stripe.checkout("evt_1", PI, "ten_acme", "CPC", 1_000));
    tell(Stripe.dispute("evt_2", PI, "created", "needs_response", 1_000));
    assertEquals(0, cpc().available().bought());
    tell(Stripe.dispute("evt_3", PI, "closed", "won", 1_000));
    tell(Stripe.dispute("evt_2", PI, "created", "needs_response", 1_000));
    assertEquals(10_000, cpc().available().bought());
    assertEquals(List.of("top-up 10000", "chargeback 10000", "reinstatement 10000"), postings());
  }

  @Test
  void anInquiryTakesNothingUntilTheBankDoes() {
    tell(Stripe.checkout("evt_1", PI, "ten_acme", "CPC", 1_000));
    assertEquals(
        Ending.IGNORED,
        tell(Stripe.dispute("evt_2", PI, "created", "warning_needs_response", 1_000)));
    tell(Stripe.dispute("evt_3", PI, "closed", "warning_closed", 1_000));
    assertEquals(10_000, cpc().available().bought());

    tell(Stripe.dispute("evt_4", PI, "funds_withdrawn", "needs_response", 1_000));
    assertEquals(0, cpc().available().bought());
    tell(Stripe.dispute("evt_2", PI, "created", "warning_needs_response", 1_000));
    tell(Stripe.dispute("evt_5", PI, "closed", "lost", 1_000));
    assertEquals(List.of("top-up 10000", "chargeback 10000"), postings());
  }

  @Test
  void nothingIsTakenBackTwiceWhereARefundIsAlsoDisputed() {
    tell(Stripe.checkout("evt_1", PI, "ten_acme", "CPC", 1_000));
    tell(Stripe.refunded("evt_2", PI, 700));
    tell(Stripe.dispute("evt_3", PI, "created", "needs_response", 1_000));
    assertEquals(0, cpc().available().bought());
    assertEquals(0, cpc().debt());
  }

  @Test
  void moneyWhoseOwnerIsNotKnownWaitsForAnEventThatSaysIt() {
    assertEquals(Ending.AWAITED, tell(Stripe.refunded("evt_0", PI, 250)));
    assertEquals(Ending.UNASSIGNED, tell(Stripe.succeeded("evt_1", PI, "", "", 1_000)));
    assertEquals(Ending.UNASSIGNED, tell(Stripe.succeeded("evt_2", PI, "ten_nobody", "", 1_000)));
    assertEquals(0, cpc().available().bought());
  }

  @Test
  void aLaterEventThatNamesTheTenantAssignsThePayment() {
    tell(Stripe.refunded("evt_0", PI, 250));
    tell(Stripe.succeeded("evt_1", PI, "", "", 1_000));
    assertEquals(Ending.APPLIED, tell(Stripe.checkout("evt_2", PI, "ten_acme", "CPC", 1_000)));
    assertEquals(7_500, cpc().available().bought());
  }

  @Test
  void moneyThatIsNotTakenHereBuysNothing() {
    byte[] dollars =
        Stripe.bytes(
            new String(Stripe.checkout("evt_1", PI, "ten_acme", "CPC", 1_000))
                .replace("\"eur\"", "\"usd\""));
    assertEquals(Ending.UNASSIGNED, tell(dollars));
    assertEquals(0, cpc().available().bought());
  }

  @Test
  void moneyBuysByTheRateOfTheAssetAndNeverMoreThanAnAmountCanBe() {
    var rates = new Rates("eur", 10, 20);
    assertEquals(70, rates.units(Asset.CPC, 7, "eur"));
    assertEquals(140, rates.units(Asset.ITC, 7, "eur"));
    assertEquals(
        1_000_000_000_000_000_000L, rates.units(Asset.CPC, 100_000_000_000_000_000L, "eur"));
    assertEquals(0, rates.units(Asset.CPC, 100_000_000_000_000_001L, "eur"));
    assertEquals(0, rates.units(Asset.CPC, Long.MAX_VALUE, "eur"));
  }

  @Test
  void whatIsNotAboutMoneyOfOursIsIgnored() {
    byte[] unpaid =
        Stripe.bytes(
            new String(Stripe.checkout("evt_1", PI, "ten_acme", "CPC", 1_000))
                .replace("\"paid\"", "\"unpaid\""));
    assertEquals(Ending.IGNORED, tell(unpaid));
    assertEquals(Ending.IGNORED, tell(Stripe.event("evt_2", "customer.created", "{}")));
    assertEquals(
        Ending.IGNORED,
        tell(Stripe.event("evt_3", "charge.refunded", "{\"payment_intent\":null}")));
  }

  @Test
  void aFrozenTenantsPaymentIsToBeSentAgainAndIsThenApplied() {
    credits.freeze(Asked.by("operator"), ACME, Asset.CPC, true, "a mismatch");
    byte[] paid = Stripe.checkout("evt_1", PI, "ten_acme", "CPC", 1_000);
    assertEquals(PaymentRefusal.PAYMENT_WAITS, refusal(paid));
    credits.freeze(Asked.by("operator"), ACME, Asset.CPC, false, "it was looked at");
    assertEquals(Ending.APPLIED, tell(paid));
    assertEquals(10_000, cpc().available().bought());
  }

  @Test
  void oddAmountsAndNamesAreRefused() {
    for (String amount : List.of("-1", "1.0", "\"1000\"", "null", "9007199254740993", "1e400")) {
      byte[] bent =
          Stripe.bytes(
              new String(Stripe.checkout("evt_1", PI, "ten_acme", "CPC", 1_234))
                  .replace("1234", amount));
      assertThrows(RefusedException.class, () -> tell(bent), amount);
    }
    assertThrows(
        RefusedException.class, () -> tell(Stripe.checkout("evt#", PI, "ten_acme", "CPC", 1)));
    assertThrows(RefusedException.class, () -> tell(Stripe.refunded("evt_1", "pi_1#C#0", 1)));
    assertThrows(RefusedException.class, () -> tell(Stripe.bytes("[]")));
    assertEquals(0, cpc().available().bought());
  }

  @Test
  void withoutASecretNobodyIsBelieved() {
    var closed = new StripePayments(new InMemorySecrets(), Clock.systemUTC());
    var refused = assertThrows(RefusedException.class, () -> closed.read("", new byte[0]));
    assertEquals(PaymentRefusal.PAYMENTS_CLOSED, refused.refusal());
    var unsigned = assertThrows(RefusedException.class, () -> stripe.read("", Stripe.bytes("{}")));
    assertEquals(PaymentRefusal.SIGNATURE_REFUSED, unsigned.refusal());
  }

  /** Whatever the order, and with each event twice, from many threads: the end is the same. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyOrderComesToTheSameEnd(long seed) throws Exception {
    List<byte[]> events = new ArrayList<>();
    for (int twice = 0; twice < 2; twice++) {
      events.add(Stripe.checkout("evt_1", PI, "ten_acme", "CPC", 999));
      events.add(Stripe.succeeded("evt_2", PI, "", "", 999));
      events.add(Stripe.refunded("evt_3", PI, 100));
      events.add(Stripe.refunded("evt_4", PI, 333));
      events.add(Stripe.dispute("evt_5", PI, "created", "needs_response", 200));
      events.add(Stripe.dispute("evt_6", PI, "closed", "won", 200));
    }
    Collections.shuffle(events, new Random(seed));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.invokeAll(events.stream().map(event -> threadsTell(event)).toList());
    }
    // What gave up under so many at once is sent again, as Stripe does.
    events.forEach(this::tell);

    assertEquals(9_990 - 3_330, cpc().available().bought());
    assertEquals(0, cpc().debt());
    Balances replayed = Balances.of(all());
    assertEquals(0, replayed.total(Asset.CPC));
    assertEquals(cpc().available().bought(), replayed.of(Asset.CPC, Account.PREPAID));
  }

  static LongStream seeds() {
    String replay = System.getProperty("seed");
    return replay == null ? new Random().longs(10) : LongStream.of(Long.parseLong(replay));
  }

  private java.util.concurrent.Callable<Object> threadsTell(byte[] event) {
    return () -> tell(event);
  }

  private Ending tell(byte[] event) {
    long now = Clock.systemUTC().millis() / 1000;
    return payments.receive(stripe, stripe.read(Stripe.header(now, Stripe.SECRET, event), event));
  }

  private Object refusal(byte[] event) {
    return assertThrows(RefusedException.class, () -> tell(event)).refusal();
  }

  private Purse cpc() {
    return credits.purses(ACME).cpc();
  }

  private List<String> postings() {
    return all().stream()
        .map(
            posting -> io.mooring.billing.Words.of(posting.kind()) + " " + posting.amount().units())
        .toList();
  }

  /** Oldest first. */
  private List<Posting> all() {
    return store.first(Prefix.of(ACME, "POSTED"), 1000).items().reversed().stream()
        .flatMap(item -> PostedJson.postings(JsonTree.parse(item.body())).stream())
        .toList();
  }
}
