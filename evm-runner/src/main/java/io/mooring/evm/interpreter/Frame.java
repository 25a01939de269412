package io.mooring.evm.interpreter;

import io.mooring.evm.Address;
import io.mooring.evm.Halt;
import io.mooring.evm.Tracer.FrameKind;
import io.mooring.evm.U256;
import io.mooring.evm.state.Account;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One call or creation in progress: its stack, its memory, its gas and what it was given.
 *
 * <p>Frames are used again; {@link #begin} makes one as good as new.
 */
final class Frame {
  static final byte[] NO_BYTES = new byte[0];

  /** What a frame keeps of its memory for its next use; the outer ones keep more. */
  private static final int MEMORY_KEPT_MAX = 1 << 16;

  private static final int OUTER_MEMORY_KEPT_MAX = 1 << 21;
  private static final int OUTER_DEPTH = 2;
  private static final int MEMORY_FIRST = 1 << 10;
  private static final VarHandle LIMB =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** How a frame stands. */
  enum State {
    RUNNING,
    RETURNED,
    REVERTED,
    HALTED
  }

  Execution execution;
  final int depth;
  final long[] stack =
      new long[(BlockBuilder.STACK_WORDS_MAX + BlockBuilder.SCRATCH_WORDS) * Words.LIMBS];

  // What it was given.
  FrameKind kind = FrameKind.CALL;
  Account self;
  Address caller = Address.ZERO;
  U256 value = U256.ZERO;
  byte[] input = NO_BYTES;
  boolean isStatic;
  int snapshot;
  long gasGiven;

  // Where its caller wants the output.
  int outputAt;
  int outputLength;

  // How it stands.
  State state = State.RUNNING;
  Halt halt = Halt.NONE;
  Block block;

  /** Just past the top of the stack, in limbs. */
  int top;

  /** All gas that is left, while the loop does not run this frame. */
  long gas;

  /** What the loop was not handed of the gas that is left. */
  private long reserve;

  /** What the loop was handed last. */
  private long handed;

  byte[] memory = NO_BYTES;
  int memorySize;
  private long memoryCost;
  private long heapHeld;

  /** What the last call made from here left. */
  byte[] returnData = NO_BYTES;

  /** What this frame leaves. */
  byte[] output = NO_BYTES;

  Frame(Execution execution, int depth, Account self, Block block) {
    this.execution = execution;
    this.depth = depth;
    this.self = self;
    this.block = block;
  }

  void begin(FrameKind kind, Account self, Address caller, U256 value, byte[] input, long gas) {
    this.kind = kind;
    this.self = self;
    this.caller = caller;
    this.value = value;
    this.input = input;
    this.gas = gas;
    this.gasGiven = gas;
    state = State.RUNNING;
    halt = Halt.NONE;
    top = 0;
    reserve = 0;
    memorySize = 0;
    memoryCost = 0;
    returnData = NO_BYTES;
    output = NO_BYTES;
    outputAt = 0;
    outputLength = 0;
    if (!execution.heap.take(input.length)) {
      halt(Halt.HEAP_EXHAUSTED);
    }
    heapHeld = input.length;
  }

  /** Gives the memory back, zeroed for the next use where it is small enough to keep. */
  void end() {
    execution.heap.giveBack(heapHeld);
    heapHeld = 0;
    if (memory.length > (depth <= OUTER_DEPTH ? OUTER_MEMORY_KEPT_MAX : MEMORY_KEPT_MAX)) {
      memory = NO_BYTES;
    } else {
      Arrays.fill(memory, 0, memorySize, (byte) 0);
    }
    input = NO_BYTES;
    returnData = NO_BYTES;
    output = NO_BYTES;
  }

  boolean isCreation() {
    return kind == FrameKind.CREATE || kind == FrameKind.CREATE2;
  }

  void halt(Halt reason) {
    state = State.HALTED;
    if (halt == Halt.NONE) {
      halt = reason;
    }
  }

  void leave(State how, byte[] output) {
    state = how;
    this.output = output;
  }

  // ---- gas ----

  /** Hands the loop as much gas as it may use before the clock is looked at. */
  long portion() {
    handed = Math.min(gas, execution.gasUntilClock());
    reserve = gas - handed;
    return handed;
  }

  /** Takes back what the loop has left of its portion. */
  void settle(long portion) {
    execution.used(handed - portion);
    gas = portion + reserve;
    reserve = 0;
  }

  /** Takes {@code cost} from the loop's portion; negative where the frame cannot pay. */
  long charge(long portion, long cost) {
    long left = portion - cost;
    return left >= 0 ? left : refill(left);
  }

  /** Hands the loop, which is {@code overdrawn}, its next portion; negative where there is none. */
  long refill(long overdrawn) {
    long all = overdrawn + reserve;
    if (all < 0) {
      halt(Halt.OUT_OF_GAS);
      return all;
    }
    if (execution.isExpired()) {
      halt(Halt.DEADLINE_PASSED);
      return -1;
    }
    gas = all;
    return portion();
  }

  /** Takes {@code cost} from all the gas; false, and halted, where the frame cannot pay. */
  boolean pay(long cost) {
    if (cost < 0 || cost == Long.MAX_VALUE || gas < cost) {
      halt(Halt.OUT_OF_GAS);
      return false;
    }
    gas -= cost;
    execution.used(cost);
    return true;
  }

  // ---- memory ----

  /** What makes {@code length} bytes from {@code offset} addressable costs more; saturates. */
  private long expansionCost(long offset, long length) {
    if (length == 0) {
      return 0;
    }
    long end = offset + length;
    if (offset < 0 || length < 0 || end < 0 || end > Execution.MEMORY_ADDRESSABLE_MAX) {
      return Long.MAX_VALUE;
    }
    return end <= memorySize ? 0 : totalCost(end) - memoryCost;
  }

  private static long totalCost(long bytes) {
    long words = Execution.words(bytes);
    // As unsigned, for a power of two divides it by a shift.
    long quadratic = Long.divideUnsigned(words * words, GasSchedule.MEMORY_QUADRATIC_DIVISOR);
    return words * GasSchedule.MEMORY_WORD + quadratic;
  }

  /** Grows the memory for the {@code cost} paid; false, and halted, where the heap forbids it. */
  private boolean grow(long offset, long length, long cost) {
    long end = offset + length;
    if (length == 0 || end <= memorySize) {
      return true;
    }
    long size = (end + 31) & ~31L;
    if (size > memory.length) {
      long capacity =
          Math.min(
              Math.max(size, Math.max(MEMORY_FIRST, 2L * memory.length)), Integer.MAX_VALUE - 8);
      if (capacity < size || !execution.heap.take(capacity - memory.length)) {
        halt(Halt.HEAP_EXHAUSTED);
        return false;
      }
      heapHeld += capacity - memory.length;
      memory = Arrays.copyOf(memory, (int) capacity);
    }
    memorySize = (int) size;
    memoryCost += cost;
    return true;
  }

  /** Pays for and grows to a range the loop asks for; negative where that fails. */
  long expand(long portion, long offset, long length) {
    long cost = expansionCost(offset, length);
    long left = portion;
    if (cost == Long.MAX_VALUE) {
      return -1;
    }
    if (cost != 0) {
      left = charge(portion, cost);
      if (left >= 0 && !grow(offset, length, cost)) {
        return -1;
      }
    }
    return left;
  }

  void load(long[] s, int d, int offset) {
    byte[] m = memory;
    s[d + 3] = (long) LIMB.get(m, offset);
    s[d + 2] = (long) LIMB.get(m, offset + 8);
    s[d + 1] = (long) LIMB.get(m, offset + 16);
    s[d] = (long) LIMB.get(m, offset + 24);
  }

  void store(long[] s, int a, int offset) {
    byte[] m = memory;
    LIMB.set(m, offset, s[a + 3]);
    LIMB.set(m, offset + 8, s[a + 2]);
    LIMB.set(m, offset + 16, s[a + 1]);
    LIMB.set(m, offset + 24, s[a]);
  }

  byte[] memoryRange(long offset, long length) {
    return length == 0
        ? NO_BYTES
        : Arrays.copyOfRange(memory, (int) offset, (int) (offset + length));
  }

  /** CALLDATALOAD: 32 bytes of the input, zeros beyond its end. */
  void loadInput(long[] s, int d, int a) {
    long offset = Words.saturated(s, a);
    byte[] data = input;
    if (offset <= data.length - 32L) {
      int at = (int) offset;
      s[d + 3] = (long) LIMB.get(data, at);
      s[d + 2] = (long) LIMB.get(data, at + 8);
      s[d + 1] = (long) LIMB.get(data, at + 16);
      s[d] = (long) LIMB.get(data, at + 24);
    } else if (offset >= data.length) {
      Words.set(s, d, 0);
    } else {
      U256.of(Arrays.copyOfRange(data, (int) offset, (int) offset + 32)).copyTo(s, d);
    }
  }

  /** Pays for and grows to a range; false, and halted, where that fails. */
  boolean payExpansion(long offset, long length) {
    long cost = expansionCost(offset, length);
    return pay(cost) && grow(offset, length, cost);
  }

  /** Pays for copying {@code length} bytes into memory, and for the memory. */
  boolean payCopy(long to, long length) {
    return payExpansion(to, length) && pay(Execution.words(length) * execution.gas.copyWord);
  }

  // ---- operands on the stack, 0 being the top ----

  int operand(int index) {
    return top - Words.LIMBS * (index + 1);
  }

  long operandSaturated(int index) {
    return Words.saturated(stack, operand(index));
  }

  U256 operandWord(int index) {
    return U256.of(stack, operand(index));
  }

  Address operandAddress(int index) {
    return address(stack, operand(index));
  }

  static Address address(long[] s, int a) {
    return new Address((int) s[a + 2], s[a + 1], s[a]);
  }

  void drop(int words) {
    top -= Words.LIMBS * words;
  }

  /** Replaces {@code words} operands by one word. */
  void answer(int words, U256 value) {
    drop(words);
    value.copyTo(stack, top);
    top += Words.LIMBS;
  }
}
