package io.mooring.evm.interpreter;

/**
 * The EVM's stack while a block is cut: values by position, of which those that were there at entry
 * have negative ones.
 */
final class ValueStack {
  /** More than a block reaches into the stack it finds, or grows it. */
  private static final int BELOW = 256;

  private final Value[] values = new Value[2 * BELOW];
  private final Value[] entries = new Value[BELOW];
  private int height;
  private int lowest;

  /** How many values there are now, less those that were there at entry. */
  int height() {
    return height;
  }

  /** The deepest position that was looked at, or zero. */
  int lowest() {
    return lowest;
  }

  /** What is at a position from {@link #lowest} up. */
  Value at(int position) {
    return values[position + BELOW];
  }

  /** What was at this negative position when the block was entered. */
  Value entry(int position) {
    return entries[-position];
  }

  Value pop() {
    Value value = get(height - 1);
    height--;
    return value;
  }

  void push(Value value) {
    values[height + BELOW] = value;
    height++;
  }

  /** Pushes what lies so far below the top. */
  void duplicate(int depth) {
    push(get(height - 1 - depth));
  }

  /** Swaps the top and what lies so far below it. */
  void swap(int depth) {
    int deep = height - 1 - depth;
    Value top = get(height - 1);
    values[height - 1 + BELOW] = get(deep);
    values[deep + BELOW] = top;
  }

  private Value get(int position) {
    for (; lowest > position; lowest--) {
      Value entry = Value.entry(lowest - 1);
      entries[1 - lowest] = entry;
      values[lowest - 1 + BELOW] = entry;
    }
    return values[position + BELOW];
  }
}
