package io.mooring.contracts.simulation;

import io.mooring.contracts.simulation.CallRefused.Reason;
import io.mooring.evm.Halt;
import io.mooring.evm.Outcome;
import io.mooring.evm.U256;
import io.mooring.evm.state.AccountState;
import java.math.BigInteger;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Finds how much gas a call needs, by running it with less and less. */
public final class GasEstimate {
  private static final long PLAIN_TRANSFER_GAS = 21_000;
  private static final long CALL_STIPEND = 2_300;

  /** A call passes on at most 63 of 64 parts, so what a caller must have is that much more. */
  private static final long PASSED_ON = 63;

  /** How far above the least the answer may be; go-ethereum's. */
  private static final double ERROR_RATIO_MAX = 0.015;

  private final CallRunner runner;
  private final LongSupplier nanoTime;

  public GasEstimate(CallRunner runner, LongSupplier nanoTime) {
    this.runner = runner;
    this.nanoTime = nanoTime;
  }

  /** What came out. */
  public sealed interface Result {
    record Enough(long gas) implements Result {}

    /** With all the gas there is, the code takes it back. */
    record Reverted(byte[] output) implements Result {}

    /** With all the gas there is, it fails; {@code halt} says how. */
    record Failed(Halt halt, long allowance) implements Result {}
  }

  public Result of(CallSetting setting, CallRequest request, CallLimits limits) {
    long deadline = nanoTime.getAsLong() + Duration.ofMillis(limits.millisMax()).toNanos();
    long high = allowance(setting, request, limits);
    if (isPlainTransfer(setting, request)) {
      Outcome transfer = runner.run(setting, request, PLAIN_TRANSFER_GAS).executed().outcome();
      if (transfer.isSuccess()) {
        return new Result.Enough(PLAIN_TRANSFER_GAS);
      }
    }
    var most = runner.run(setting, request, high).executed();
    Outcome outcome = most.outcome();
    if (outcome.status() == Outcome.Status.REVERTED) {
      return new Result.Reverted(outcome.output());
    }
    if (!outcome.isSuccess()) {
      return new Result.Failed(outcome.halt(), high);
    }

    long low = most.gasUsed() - 1;
    long likely =
        (most.gasUsed() + most.gasRefunded() + CALL_STIPEND) * (PASSED_ON + 1) / PASSED_ON;
    if (likely < high) {
      if (suffices(setting, request, likely)) {
        high = likely;
      } else {
        low = likely;
      }
    }
    while (low + 1 < high && (double) (high - low) / high >= ERROR_RATIO_MAX) {
      if (nanoTime.getAsLong() - deadline > 0) {
        throw new CallRefused(
            Reason.INTERRUPTED, "execution aborted (timeout = " + limits.millisMax() + " ms)");
      }
      long middle = Math.min(low + (high - low) / 2, 2 * low);
      if (suffices(setting, request, middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return new Result.Enough(high);
  }

  private static boolean isPlainTransfer(CallSetting setting, CallRequest request) {
    return request.input().length == 0
        && request.to() != null
        && request.accessList() == null
        && request.authorizations() == null
        && setting.precompiles().at(request.to()) == null
        && setting.state().account(request.to()).filter(GasEstimate::hasCode).isEmpty();
  }

  private static boolean hasCode(AccountState account) {
    return !account.codeHash().equals(io.mooring.evm.Hash.OF_NOTHING);
  }

  /** The most gas that may be named, and that the sender can pay. */
  private static long allowance(CallSetting setting, CallRequest request, CallLimits limits) {
    long block = setting.block().gasLimit();
    Long named = request.gas();
    long high = named != null && named >= PLAIN_TRANSFER_GAS ? named : block;
    U256 fee = request.feeMax();
    if (!fee.isZero()) {
      BigInteger balance =
          setting
              .state()
              .account(request.from())
              .orElse(AccountState.EMPTY)
              .balance()
              .toBigInteger();
      BigInteger available = balance.subtract(request.value().toBigInteger());
      if (available.signum() < 0) {
        throw new CallRefused(Reason.INSUFFICIENT_FUNDS, "insufficient funds for transfer");
      }
      BigInteger affordable = available.divide(fee.toBigInteger());
      if (affordable.bitLength() < Long.SIZE) {
        high = Math.min(high, affordable.longValue());
      }
    }
    return Math.min(high, limits.gasMax());
  }

  private boolean suffices(CallSetting setting, CallRequest request, long gas) {
    try {
      return runner.run(setting, request, gas).executed().isSuccess();
    } catch (CallRefused refused) {
      if (refused.reason() == Reason.INTRINSIC_GAS) {
        return false;
      }
      throw refused;
    }
  }
}
