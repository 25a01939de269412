package io.mooring.evm.interpreter;

import io.mooring.evm.Fork;
import io.mooring.evm.Halt;
import io.mooring.evm.U256;
import io.mooring.evm.state.Account;
import io.mooring.evm.state.WorldState;

/** SELFDESTRUCT: gives the balance away and, where the fork lets it, ends the account. */
final class SelfDestructRule {
  private SelfDestructRule() {}

  static void apply(Frame frame) {
    Execution execution = frame.execution;
    WorldState world = execution.world;
    GasSchedule prices = execution.gas;
    if (frame.isStatic) {
      frame.halt(Halt.WRITE_IN_STATIC_CALL);
      return;
    }
    Account heir = world.account(frame.operandAddress(0));
    Account self = frame.self;
    U256 balance = self.balance();

    long cost = execution.isCold(heir) ? prices.coldAccount : 0;
    if (prices.selfDestructNewAccount > 0 && isNewAccount(execution, heir, balance)) {
      cost += prices.selfDestructNewAccount;
    }
    if (!frame.pay(cost)) {
      return;
    }

    boolean ends = !prices.selfDestructOnlyIfCreatedNow || world.isCreatedNow(self);
    execution.tracer().selfDestruct(self.address(), heir.address(), balance);
    if (heir != self) {
      world.credit(heir, balance);
      world.setBalance(self, U256.ZERO);
    } else if (ends) {
      world.setBalance(self, U256.ZERO);
    }
    if (ends && world.destruct(self) && prices.selfDestructRefund > 0) {
      world.refund(prices.selfDestructRefund);
    }
    frame.leave(Frame.State.RETURNED, Frame.NO_BYTES);
  }

  private static boolean isNewAccount(Execution execution, Account heir, U256 balance) {
    return execution.fork.includes(Fork.SPURIOUS_DRAGON)
        ? heir.isDead() && !balance.isZero()
        : !heir.exists();
  }
}
