package io.mooring.evm.interpreter;

import org.jspecify.annotations.Nullable;

/**
 * Instructions that run one after the other, with one check of gas and stack before the first.
 *
 * <p>Immutable but for the links to the blocks after it, which are found when first followed;
 * threads that race find equal ones.
 */
final class Block {
  /** More gas than there can be: entering a stepwise block always takes the careful path. */
  private static final long ALWAYS_CAREFUL = Long.MAX_VALUE;

  final Program program;

  /** Where in the code the block begins. */
  final int pc;

  /** The byte at {@link #pc}, STOP beyond the code's end. */
  final int opcode;

  /** Whether this is one instruction, to be traced and to fail exactly. */
  final boolean isStepwise;

  /** What the loop takes on entry. */
  final long gas;

  /** What the instructions cost, dynamic gas aside. */
  final long cost;

  /** The least and the most that may be on the stack at entry, in limbs. */
  final int leastLimbs;

  final int mostLimbs;

  /** Instructions as {@link Ir} encodes them. */
  final long[] instructions;

  private final int nextPc;
  private final int takenPc;
  private @Nullable Block next;
  private @Nullable Block taken;

  Block(
      Program program,
      int pc,
      int opcode,
      boolean isStepwise,
      long cost,
      int leastLimbs,
      int mostLimbs,
      long[] instructions,
      int nextPc,
      int takenPc) {
    this.program = program;
    this.pc = pc;
    this.opcode = opcode;
    this.isStepwise = isStepwise;
    this.gas = isStepwise ? ALWAYS_CAREFUL : cost;
    this.cost = cost;
    this.leastLimbs = leastLimbs;
    this.mostLimbs = mostLimbs;
    this.instructions = instructions;
    this.nextPc = nextPc;
    this.takenPc = takenPc;
  }

  /** The block behind this one. */
  Block next() {
    Block known = next;
    return known != null ? known : findNext();
  }

  /** The block a jump to a constant leads to. */
  Block taken() {
    Block known = taken;
    return known != null ? known : findTaken();
  }

  Block after(boolean jumps) {
    return jumps ? taken() : next();
  }

  private Block findNext() {
    Block found = program.blockAt(nextPc, isStepwise);
    next = found;
    return found;
  }

  private Block findTaken() {
    Block found = program.blockAt(takenPc, isStepwise);
    taken = found;
    return found;
  }
}
