package io.mooring.evm.interpreter;

import org.jspecify.annotations.Nullable;

/** What a position of the stack holds while a block is cut: an entry, a constant or a result. */
final class Value {
  static final int NOWHERE = Integer.MIN_VALUE;
  static final int AT_THE_END = Integer.MAX_VALUE;
  static final int NO_INSTRUCTION = -1;

  /** The instruction whose result this is. */
  final int instruction;

  /** The constant's four limbs, the least significant first. */
  final long @Nullable [] constant;

  final @Nullable Value x;
  final @Nullable Value y;
  final @Nullable Value z;

  /** Whether the instruction must run even if nobody uses its result. */
  final boolean hasEffect;

  final boolean hasResult;

  boolean isNeeded;

  /** Where among the block's results the value is last read. */
  int lastUse = -1;

  /** The position at which the block leaves it, if it does. */
  int home = NOWHERE;

  /** Where it is, in limbs from the block's entry. */
  int location = NOWHERE;

  /** Whether it occupies a scratch position that is free after its last use. */
  boolean isScratch;

  private Value(
      int instruction,
      long @Nullable [] constant,
      @Nullable Value x,
      @Nullable Value y,
      @Nullable Value z,
      boolean hasEffect,
      boolean hasResult) {
    this.instruction = instruction;
    this.constant = constant;
    this.x = x;
    this.y = y;
    this.z = z;
    this.hasEffect = hasEffect;
    this.hasResult = hasResult;
  }

  /** What was on the stack when the block was entered. */
  static Value entry(int position) {
    Value value = new Value(NO_INSTRUCTION, null, null, null, null, false, true);
    value.location = position * Words.LIMBS;
    return value;
  }

  static Value constant(long[] limbs) {
    return new Value(NO_INSTRUCTION, limbs, null, null, null, false, true);
  }

  static Value constant(long value) {
    return constant(new long[] {value, 0, 0, 0});
  }

  static Value pure(int instruction, @Nullable Value x, @Nullable Value y, @Nullable Value z) {
    return new Value(instruction, null, x, y, z, false, true);
  }

  static Value withEffect(int instruction, @Nullable Value x, @Nullable Value y, boolean result) {
    return new Value(instruction, null, x, y, null, true, result);
  }

  boolean isConstant() {
    return constant != null;
  }

  /** Whether this is a constant below 2^64. */
  boolean isShort() {
    return constant != null && (constant[1] | constant[2] | constant[3]) == 0;
  }

  long low() {
    return constant == null ? 0 : constant[0];
  }
}
