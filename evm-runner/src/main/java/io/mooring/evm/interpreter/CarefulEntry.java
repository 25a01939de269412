package io.mooring.evm.interpreter;

import io.mooring.evm.Address;
import io.mooring.evm.Halt;
import io.mooring.evm.Tracer;
import io.mooring.evm.U256;

/**
 * Enters the blocks that the loop cannot just run: those that are traced, and those whose gas or
 * stack does not suffice, which are run again instruction by instruction to fail where they must.
 */
final class CarefulEntry {
  private CarefulEntry() {}

  /** The block to run now, paid for; or the frame halted. */
  static Block enter(Frame frame, Block wanted) {
    if (!wanted.isStepwise && fits(frame, wanted) && frame.gas >= wanted.cost) {
      // Only the loop's portion was used up.
      if (frame.execution.isExpired()) {
        frame.halt(Halt.DEADLINE_PASSED);
        return wanted;
      }
      frame.gas -= wanted.cost;
      return wanted;
    }

    Block block = wanted.isStepwise ? wanted : wanted.program.blockAt(wanted.pc, true);
    if (frame.execution.isTraced()) {
      frame.block = block;
      frame.execution.tracer().step(new View(frame, block));
    }
    if (frame.execution.isExpired()) {
      frame.halt(Halt.DEADLINE_PASSED);
    } else if (frame.top < block.leastLimbs) {
      frame.halt(Halt.STACK_UNDERFLOW);
    } else if (frame.top > block.mostLimbs) {
      frame.halt(Halt.STACK_OVERFLOW);
    } else {
      frame.pay(block.cost);
    }
    return block;
  }

  private static boolean fits(Frame frame, Block block) {
    return frame.top >= block.leastLimbs && frame.top <= block.mostLimbs;
  }

  /** A frame before one instruction. */
  private record View(Frame frame, Block block) implements Tracer.Step {
    @Override
    public int pc() {
      return block.pc;
    }

    @Override
    public int opcode() {
      return block.opcode;
    }

    @Override
    public long gas() {
      return frame.gas;
    }

    @Override
    public int depth() {
      return frame.depth;
    }

    @Override
    public long refund() {
      return frame.execution.world.refund();
    }

    @Override
    public Address address() {
      return frame.self.address();
    }

    @Override
    public int stackSize() {
      return frame.top / Words.LIMBS;
    }

    @Override
    public U256 stack(int fromTop) {
      return U256.of(frame.stack, frame.top - Words.LIMBS * (fromTop + 1));
    }

    @Override
    public int memoryBytes() {
      return frame.memorySize;
    }

    @Override
    public byte[] memory(int offset, int length) {
      byte[] range = new byte[length];
      int real = Math.clamp((long) frame.memorySize - offset, 0, length);
      System.arraycopy(frame.memory, Math.min(offset, frame.memory.length), range, 0, real);
      return range;
    }

    @Override
    public byte[] returnData() {
      return frame.returnData.clone();
    }
  }
}
