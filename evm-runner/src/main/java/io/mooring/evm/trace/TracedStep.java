package io.mooring.evm.trace;

import io.mooring.evm.Address;
import io.mooring.evm.U256;
import io.mooring.evm.interpreter.Opcode;
import java.util.List;

/**
 * An instruction that has run, with the machine as it stood before.
 *
 * @param stack the bottom first
 * @param memory empty where it was not asked for
 * @param loaded what an SLOAD that succeeded found; zero for everything else
 * @param error why it could not run; empty where it could
 */
record TracedStep(
    int pc,
    int opcode,
    long gas,
    long gasCost,
    int depth,
    long refund,
    Address address,
    List<U256> stack,
    int memoryBytes,
    byte[] memory,
    byte[] returnData,
    U256 loaded,
    String error) {
  private static final int DESIGNATED_INVALID = 0xfe;

  TracedStep {
    stack = List.copyOf(stack);
  }

  /** As go-ethereum prints it: 0xfe, which is to stay without a meaning, has a name there. */
  String opcodeName() {
    return opcode == DESIGNATED_INVALID ? "INVALID" : Opcode.name(opcode);
  }

  /** An item of the stack, 0 being the top. */
  U256 top(int fromTop) {
    return stack.get(stack.size() - 1 - fromTop);
  }
}
