package io.mooring.billing.credits;

import static io.mooring.billing.credits.Money.ACME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.mooring.billing.Amount;
import io.mooring.billing.Asset;
import io.mooring.billing.Cap;
import io.mooring.billing.Decline;
import io.mooring.billing.Funds;
import io.mooring.billing.Grant;
import io.mooring.billing.Hold;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.problem.Docs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Builds every row of docs/reference/declines.md: for each reason of an operation a state in which
 * that one and all after it apply at once, and the operation tells that one.
 */
class PrecedenceTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([a-z][a-z ]+) \\| (`.*`) \\|$");
  private static final Pattern NAME = Pattern.compile("`([A-Z_]+)`");
  private static final long BOUGHT = 1_000;

  /** Does an operation where these reasons apply; empty where nothing declined it. */
  private interface Operation extends Function<Scene, Optional<Decline>> {}

  private static final Map<String, Operation> OPERATIONS =
      Map.of(
          "write to a ledger", Scene::write,
          "hold", Scene::hold,
          "capture", Scene::capture,
          "void", Scene::voided,
          "top up", Scene::topUp,
          "grant", Scene::grant,
          "refund", Scene::refund,
          "chargeback", Scene::chargeback,
          "reinstatement", Scene::reinstatement);

  @TestFactory
  Stream<DynamicTest> theFirstReasonThatAppliesIsTheOneThatIsTold() {
    return rows().entrySet().stream()
        .flatMap(
            row ->
                Stream.iterate(0, from -> from <= row.getValue().size(), from -> from + 1)
                    .map(from -> row.getValue().subList(from, row.getValue().size()))
                    .map(
                        reasons ->
                            DynamicTest.dynamicTest(
                                row.getKey() + " where apply: " + reasons,
                                () -> tells(row.getKey(), reasons))));
  }

  @Test
  void thePageHasEveryOperationInTheOneOrder() {
    assertEquals(OPERATIONS.keySet(), rows().keySet());
    rows()
        .forEach(
            (operation, reasons) ->
                assertEquals(reasons.stream().sorted().toList(), reasons, operation));
  }

  private static void tells(String operation, List<Decline> reasons) {
    Scene scene = new Scene(reasons);

    Optional<Decline> told =
        java.util.Objects.requireNonNull(OPERATIONS.get(operation)).apply(scene);

    assertEquals(reasons.stream().findFirst(), told);
  }

  private static Map<String, List<Decline>> rows() {
    Map<String, List<Decline>> rows = new java.util.TreeMap<>();
    ROW.matcher(Docs.section("docs/reference/declines.md", "Operations"))
        .results()
        .forEach(
            row ->
                rows.put(
                    row.group(1),
                    NAME.matcher(row.group(2))
                        .results()
                        .map(name -> Decline.valueOf(name.group(1)))
                        .toList()));
    assertFalse(rows.isEmpty());
    return rows;
  }

  /** A tenant with a purchase, for whom the given reasons are made to apply. */
  private static final class Scene {
    private final Money money = new Money();
    private final Set<Decline> reasons;
    private final List<Runnable> last = new ArrayList<>();

    Scene(List<Decline> reasons) {
      this.reasons = reasons.isEmpty() ? Set.of() : EnumSet.copyOf(reasons);
      money.topUp(BOUGHT);
      if (applies(Decline.FROZEN)) {
        last.add(() -> money.credits.freeze(Asked.by("operator"), ACME, Asset.CPC, true, "to see"));
      }
      if (applies(Decline.CAP_REACHED)) {
        var line = new CapSheet.Line(Asset.CPC, new Cap(Cap.Period.EVER, 1), Cap.Taken.NOTHING);
        money.caps.add(
            money.committer, Asked.by("owner"), ACME, new CapSheet(CapSheet.TENANT, List.of(line)));
      }
    }

    private boolean applies(Decline reason) {
      return reasons.contains(reason);
    }

    Optional<Decline> write() {
      if (applies(Decline.INSUFFICIENT_CREDIT)) {
        refunded(BOUGHT);
      }
      last.forEach(Runnable::run);
      return switch (money.append()) {
        case Outcome.Won won -> Optional.empty();
        case Outcome.InsufficientCredit refused -> Optional.of(refused.reason());
        case Outcome other -> throw new AssertionError(other);
      };
    }

    Optional<Decline> hold() {
      last.forEach(Runnable::run);
      return told(held("hold_1", applies(Decline.INSUFFICIENT_CREDIT) ? BOUGHT + 1 : 10));
    }

    Optional<Decline> capture() {
      long units = applies(Decline.EXCEEDS_HOLD) ? 11 : 10;
      return ofAHold(() -> money.credits.capture(Asked.by("key_1"), ACME, "hold_1", units));
    }

    Optional<Decline> voided() {
      return ofAHold(() -> money.credits.voided(Asked.by("key_1"), ACME, "hold_1"));
    }

    private Optional<Decline> ofAHold(java.util.function.Supplier<Settled<Hold>> operation) {
      held("hold_1", 10);
      if (applies(Decline.HOLD_ENDED)) {
        money.credits.voided(Asked.by("key_1"), ACME, "hold_1");
      }
      if (applies(Decline.HOLD_EXPIRED)) {
        money.now = money.now.plus(Duration.ofHours(1));
      }
      last.forEach(Runnable::run);
      return told(operation.get());
    }

    Optional<Decline> topUp() {
      last.forEach(Runnable::run);
      return told(money.topUp(Amount.UNITS_MAX - BOUGHT + extra()));
    }

    Optional<Decline> grant() {
      int grants = applies(Decline.TOO_MANY_GRANTS) ? Funds.GRANTS_MAX : 0;
      for (int i = 0; i < grants; i++) {
        assertInstanceOf(Settled.Done.class, granted("gift_" + i, 1));
      }
      last.forEach(Runnable::run);
      return told(granted("gift_last", Amount.UNITS_MAX - BOUGHT - grants + extra()));
    }

    Optional<Decline> refund() {
      if (applies(Decline.INSUFFICIENT_CREDIT)) {
        held("hold_1", 1);
      }
      last.forEach(Runnable::run);
      return told(refunded(applies(Decline.EXCEEDS_PURCHASE) ? BOUGHT + 1 : BOUGHT));
    }

    Optional<Decline> chargeback() {
      long units = applies(Decline.EXCEEDS_PURCHASE) ? BOUGHT + 1 : BOUGHT;
      return told(money.credits.chargeback(Asked.by("bank"), ACME, "cb_1", "pur_1", units));
    }

    Optional<Decline> reinstatement() {
      money.credits.paidBack(Asked.by("bank"), ACME, "cb_1", "pur_1", BOUGHT, true);
      if (applies(Decline.BALANCE_TOO_LARGE)) {
        money.topUp(Amount.UNITS_MAX);
      }
      last.forEach(Runnable::run);
      // Below nothing at all: more than was ever taken back is to be put back.
      long left = applies(Decline.EXCEEDS_PURCHASE) ? -1 : 0;
      return told(money.credits.paidBack(Asked.by("bank"), ACME, "cb_2", "pur_1", left, true));
    }

    private long extra() {
      return applies(Decline.BALANCE_TOO_LARGE) ? 1 : 0;
    }

    private Settled<Hold> held(String id, long units) {
      return money.credits.hold(
          Asked.by("key_1"),
          ACME,
          id,
          new Amount(Asset.CPC, units),
          money.now.plus(Duration.ofHours(1)).toEpochMilli());
    }

    private Settled<?> granted(String id, long units) {
      return money.credits.grant(
          Asked.by("operator"), ACME, Asset.CPC, new Grant(id, units, 1, Long.MAX_VALUE));
    }

    private Settled<?> refunded(long units) {
      return money.credits.refund(Asked.by("operator"), ACME, "ref_1", "pur_1", units);
    }

    private static Optional<Decline> told(Settled<?> settled) {
      return switch (settled) {
        case Settled.Done<?> done -> Optional.empty();
        case Settled.Declined<?> declined -> Optional.of(declined.reason());
        case Settled.Unchanged<?> unchanged -> throw new AssertionError(unchanged.outcome());
      };
    }
  }
}
