package io.mooring.evm.interpreter;

import io.mooring.evm.Halt;
import io.mooring.evm.U256;
import io.mooring.evm.state.Slot;
import io.mooring.evm.state.WorldState;

/** SLOAD and SSTORE with their prices and refunds (EIP-1283, 2200, 2929, 3529), TLOAD, TSTORE. */
final class StorageRules {
  private StorageRules() {}

  static long load(Frame frame, long gas, long[] s, int d, int a) {
    Execution execution = frame.execution;
    Slot slot = execution.world.slot(frame.self, s[a + 3], s[a + 2], s[a + 1], s[a]);

    long left = gas;
    if (execution.world.warm(slot)) {
      if (execution.gas.accessIsPriced) {
        left = frame.charge(gas, execution.gas.coldSlot - execution.gas.warmAccess);
      }
      if (left < 0 || !execution.holdSlot(frame)) {
        return -1;
      }
    }

    slot.current().copyTo(s, d);
    return left;
  }

  static void store(Frame frame) {
    Execution execution = frame.execution;
    GasSchedule prices = execution.gas;
    WorldState world = execution.world;
    if (frame.isStatic) {
      frame.halt(Halt.WRITE_IN_STATIC_CALL);
      return;
    }
    if (frame.gas <= prices.storeSentry) {
      frame.halt(Halt.OUT_OF_GAS);
      return;
    }
    Slot slot = slot(frame);
    U256 value = frame.operandWord(1);

    boolean wasCold = world.warm(slot);
    long cost = wasCold && prices.accessIsPriced ? prices.coldSlot : 0;
    if (!frame.pay(cost + price(prices, slot, value)) || !execution.holdSlot(frame)) {
      return;
    }

    long refund = refund(prices, slot, value);
    if (refund != 0) {
      world.refund(refund);
    }
    if (!slot.current().equals(value)) {
      world.set(slot, value);
    }
    frame.drop(2);
  }

  private static Slot slot(Frame frame) {
    long[] s = frame.stack;
    int key = frame.operand(0);
    return frame.execution.world.slot(frame.self, s[key + 3], s[key + 2], s[key + 1], s[key]);
  }

  private static long price(GasSchedule prices, Slot slot, U256 value) {
    U256 current = slot.current();
    return switch (prices.storePricing) {
      case PLAIN -> current.isZero() && !value.isZero() ? prices.storeSet : prices.storeReset;
      case NET -> {
        if (current.equals(value) || !slot.original().equals(current)) {
          yield prices.storeWarm;
        }
        yield current.isZero() ? prices.storeSet : prices.storeReset;
      }
    };
  }

  private static long refund(GasSchedule prices, Slot slot, U256 value) {
    U256 current = slot.current();
    U256 original = slot.original();
    if (prices.storePricing == GasSchedule.StorePricing.PLAIN) {
      return !current.isZero() && value.isZero() ? prices.storeClearRefund : 0;
    }
    if (current.equals(value)) {
      return 0;
    }
    long refund = 0;
    if (!original.isZero()) {
      if (current.isZero()) {
        refund -= prices.storeClearRefund;
      } else if (value.isZero()) {
        refund += prices.storeClearRefund;
      }
    }
    if (!original.equals(current) && original.equals(value)) {
      refund += (original.isZero() ? prices.storeSet : prices.storeReset) - prices.storeWarm;
    }
    return refund;
  }

  static void loadTransient(Frame frame, long[] s, int d, int a) {
    WorldState world = frame.execution.world;
    world.transientSlot(frame.self, s[a + 3], s[a + 2], s[a + 1], s[a]).current().copyTo(s, d);
  }

  static void storeTransient(Frame frame) {
    if (frame.isStatic) {
      frame.halt(Halt.WRITE_IN_STATIC_CALL);
      return;
    }
    if (!frame.execution.holdSlot(frame)) {
      return;
    }
    long[] s = frame.stack;
    int key = frame.operand(0);
    WorldState world = frame.execution.world;
    Slot slot = world.transientSlot(frame.self, s[key + 3], s[key + 2], s[key + 1], s[key]);
    world.set(slot, frame.operandWord(1));
    frame.drop(2);
  }
}
