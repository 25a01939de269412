package io.mooring.billing.credits;

import io.mooring.billing.Amount;
import io.mooring.billing.Asset;
import io.mooring.billing.Grant;
import io.mooring.ledger.Hash;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.GroupCommitter;
import io.mooring.platform.commit.IdempotencyKey;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Write;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The service of credits as one process has it, asked on behalf of a tenant. What is asked for has
 * a name; that is its key too, and the answer that is kept for a repetition.
 */
record Teller(
    TenantId tenant, GroupCommitter committer, Credits credits, Caps caps, Escrows escrows) {
  /** What whoever asked was told in the end. */
  enum Told {
    DONE,
    REFUSED,
    NOTHING_CERTAIN
  }

  Told append(String name, Write write, Duration patience) {
    return told(name, committer.commit(keyed(name).apply(write), patience));
  }

  Told topUp(String name, Amount amount) {
    return told(name, credits.topUp(asked(name), tenant, "pur_" + name, amount));
  }

  Told grant(String name, Grant grant) {
    return told(name, credits.grant(asked(name), tenant, Asset.CPC, grant));
  }

  Told hold(String name, Amount amount, long expiresMillis) {
    return told(name, credits.hold(asked(name), tenant, "hold_" + name, amount, expiresMillis));
  }

  Told capture(String name, String hold) {
    return told(name, credits.capture(asked(name), tenant, hold));
  }

  Told capture(String name, String hold, long units) {
    return told(name, credits.capture(asked(name), tenant, hold, units));
  }

  Told voided(String name, String hold) {
    return told(name, credits.voided(asked(name), tenant, hold));
  }

  Told refund(String name, String purchase, long units) {
    return told(name, credits.refund(asked(name), tenant, "ref_" + name, purchase, units));
  }

  Told chargeback(String name, String purchase, long units) {
    return told(name, credits.chargeback(asked(name), tenant, "cb_" + name, purchase, units));
  }

  Told tellBelow(String name, Map<Asset, Long> low) {
    return told(name, credits.tellBelow(asked(name), tenant, low));
  }

  Told cap(String name, CapSheet sheet) {
    return told(name, caps.add(committer, asked(name), tenant, sheet));
  }

  Told released(LedgerId ledger, Duration patience) {
    committer.release(ledger, patience);
    escrows.collect(committer, ledger);
    return Told.DONE;
  }

  Told swept() {
    credits.sweep(tenant);
    return Told.DONE;
  }

  static IdempotencyKey key(String name) {
    return IdempotencyKey.of("POST /simulation", name);
  }

  private static UnaryOperator<Write> keyed(String name) {
    byte[] answer = name.getBytes(StandardCharsets.UTF_8);
    return write -> write.once(key(name), Hash.ofBytes(answer), answer);
  }

  private static <T> Asked<T> asked(String name) {
    UnaryOperator<Write> again = keyed(name);
    return new Asked<>("key_1", (write, made) -> again.apply(write), again);
  }

  private static Told told(String name, Settled<?> settled) {
    return switch (settled) {
      case Settled.Done<?> done -> Told.DONE;
      case Settled.Declined<?> declined -> Told.REFUSED;
      case Settled.Unchanged<?> unchanged -> told(name, unchanged.outcome());
    };
  }

  private static Told told(String name, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Won won -> Told.DONE;
      case Outcome.Replayed replayed -> {
        String answer = new String(replayed.answer(), StandardCharsets.UTF_8);
        if (!answer.equals(name)) {
          throw new AssertionError("the kept answer of " + name + " is " + answer);
        }
        yield Told.DONE;
      }
      case Outcome.InsufficientCredit poor -> Told.REFUSED;
      case Outcome.EffectRefused refused -> Told.REFUSED;
      case Outcome.Busy busy -> Told.NOTHING_CERTAIN;
      case Outcome.Pending pending -> Told.NOTHING_CERTAIN;
      case Outcome.InFlight inFlight -> Told.NOTHING_CERTAIN;
      case Outcome.KeyReused reused -> throw new AssertionError(name + " reuses a key");
      case Outcome.LedgerClosed closed -> throw new AssertionError("nobody closes a ledger");
      case Outcome.HeadMoved moved -> throw new AssertionError("nobody asks for a head");
      case Outcome.Tampered tampered -> throw new AssertionError(tampered.evidence());
    };
  }
}
