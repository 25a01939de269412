package io.mooring.evm.interpreter;

import io.mooring.evm.Fork;
import org.jspecify.annotations.Nullable;

/**
 * One code under the rules of one fork, with the blocks that were reached so far.
 *
 * <p>Blocks are cut when first entered, so that a large contract costs what is used of it. May be
 * shared by threads: blocks are immutable, and cutting one twice does no harm.
 */
final class Program {
  private final byte[] code;
  private final Fork fork;

  /** One bit for each byte: whether it is a JUMPDEST that is not part of an immediate. */
  private final long[] jumpDestinations;

  /** By the pc of their JUMPDEST; the others hang on the block before them. */
  private final @Nullable Block[] blocks;

  private @Nullable Block first;
  private @Nullable Block firstStep;

  Program(byte[] code, Fork fork) {
    this.code = code;
    this.fork = fork;
    this.jumpDestinations = jumpDestinations(code);
    this.blocks = new @Nullable Block[code.length];
  }

  private static long[] jumpDestinations(byte[] code) {
    long[] bits = new long[(code.length + 63) >>> 6];
    int pc = 0;
    while (pc < code.length) {
      int opcode = code[pc];
      if (opcode == 0x5b) {
        bits[pc >>> 6] |= 1L << pc;
      } else if (opcode >= 0x60 && opcode <= 0x7f) {
        pc += opcode - 0x5f;
      }
      pc++;
    }
    return bits;
  }

  byte[] code() {
    return code;
  }

  Fork fork() {
    return fork;
  }

  boolean isJumpDestination(long pc) {
    return pc >= 0 && pc < code.length && (jumpDestinations[(int) pc >>> 6] >>> pc & 1) != 0;
  }

  Block first(boolean stepwise) {
    Block known = stepwise ? firstStep : first;
    if (known == null) {
      known = blockAt(0, stepwise);
      if (stepwise) {
        firstStep = known;
      } else {
        first = known;
      }
    }
    return known;
  }

  /** The block a jump to {@code pc} leads to, or null where that is no destination. */
  @Nullable Block destination(long pc, boolean stepwise) {
    if (pc < 0 || pc >= code.length) {
      return null;
    }
    if (!stepwise) {
      Block known = blocks[(int) pc];
      if (known != null) {
        return known;
      }
    }
    return isJumpDestination(pc) ? blockAt((int) pc, stepwise) : null;
  }

  Block blockAt(int pc, boolean stepwise) {
    if (stepwise) {
      return new BlockBuilder(this).step(pc);
    }
    boolean isDestination = isJumpDestination(pc);
    Block known = isDestination ? blocks[pc] : null;
    if (known == null) {
      known = new BlockBuilder(this).block(pc);
      if (isDestination) {
        blocks[pc] = known;
      }
    }
    return known;
  }
}
