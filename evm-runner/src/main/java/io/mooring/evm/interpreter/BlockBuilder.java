package io.mooring.evm.interpreter;

import static io.mooring.evm.interpreter.Value.AT_THE_END;
import static io.mooring.evm.interpreter.Value.NOWHERE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one block out of a code.
 *
 * <p>The code is run on values instead of words: PUSH, DUP, SWAP and POP only move values about and
 * leave no instruction behind, every other opcode makes one whose operands are found where they
 * already are. At the block's end whatever is not where the code would have left it is moved there,
 * so that between blocks the stack is exactly the EVM's.
 */
final class BlockBuilder {
  static final int STACK_WORDS_MAX = 1024;

  /** Words above the EVM's stack that a block may use as scratch space. */
  static final int SCRATCH_WORDS = 512;

  private static final int RESULTS_MAX = 200;
  private static final int GROWTH_MAX = 100;

  /** More than a block reaches into the stack it finds, or grows it. */
  private static final int BELOW = 256;

  private final Program program;
  private final byte[] code;
  private final GasSchedule gas;

  // The stack by position; what was on it at entry has negative positions.
  private final Value[] stack = new Value[2 * BELOW];
  private final Value[] entries = new Value[BELOW];
  private int height;
  private int lowest;
  private int need;
  private int growth;
  private long cost;

  private final List<Value> results = new ArrayList<>();

  // How the block ends.
  private int end = Ir.NEXT;
  private @Nullable Value endFirst;
  private @Nullable Value endSecond;
  private int nextPc;
  private int takenPc;

  // What is emitted, and the scratch positions.
  private long[] out = new long[32];
  private int outLength;
  private int scratchBase;
  private boolean[] scratchTaken = new boolean[16];

  BlockBuilder(Program program) {
    this.program = program;
    this.code = program.code();
    this.gas = GasSchedule.of(program.fork());
  }

  /** The block that begins at {@code pc}, as long as it gets. */
  Block block(int pc) {
    int at = pc;
    do {
      at = read(at);
    } while (at >= 0 && canGoOn(at));
    return finish(pc, at, false);
  }

  /** The one instruction at {@code pc}, as a block of its own. */
  Block step(int pc) {
    return finish(pc, read(pc), true);
  }

  private boolean canGoOn(int at) {
    return results.size() < RESULTS_MAX
        && growth < GROWTH_MAX
        && lowest > -RESULTS_MAX
        && !program.isJumpDestination(at);
  }

  private Block finish(int pc, int at, boolean stepwise) {
    if (at >= 0) {
      end = Ir.NEXT;
      nextPc = at;
    }
    emit();
    return new Block(
        program,
        pc,
        pc < code.length ? code[pc] & 0xff : 0,
        stepwise,
        cost,
        need * Words.LIMBS,
        (STACK_WORDS_MAX - growth) * Words.LIMBS,
        Arrays.copyOf(out, outLength),
        nextPc,
        takenPc);
  }

  // ---- reading the code ----

  /** Reads the instruction at {@code pc}; answers where the next is, or -1 where the block ends. */
  private int read(int pc) {
    int at = pc < code.length ? code[pc] & 0xff : 0;
    Opcode opcode = Opcode.of(at, program.fork());
    if (opcode == null) {
      return endWith(Opcodes.UNDEFINED, pc);
    }
    need = Math.max(need, opcode.pops() - height);
    growth = Math.max(growth, height - opcode.pops() + opcode.pushes());
    cost += gas.base(at);
    int next = pc + 1 + opcode.immediateBytes();

    switch (opcode) {
      case STOP, RETURN, REVERT, SELFDESTRUCT -> {
        return endWith(at, pc);
      }
      case JUMP -> {
        return jump();
      }
      case JUMPI -> {
        return jumpIf(next);
      }
      // These see the exact gas, or end the frame, or are rare enough not to be worth operands.
      case GAS, SSTORE, TSTORE, CALL, CALLCODE, DELEGATECALL, STATICCALL, CREATE, CREATE2 -> {
        return endWith(at, pc);
      }
      case LOG0, LOG1, LOG2, LOG3, LOG4 -> {
        return endWith(at, pc);
      }
      case CALLDATACOPY, CODECOPY, EXTCODECOPY, RETURNDATACOPY, MCOPY -> {
        return endWith(at, pc);
      }
      case JUMPDEST -> {}
      case POP -> pop();
      case PC -> push(Value.constant(pc));
      case ADD, MUL, AND, OR, XOR, EQ -> {
        Value a = pop();
        Value b = pop();
        binary(at, a.isConstant() ? b : a, a.isConstant() ? a : b);
      }
      case SHL, SHR, SAR -> {
        Value shift = pop();
        Value value = pop();
        if (shift.isShort()) {
          push(add(Value.pure(withConstant(at), value, shift, null)));
        } else {
          push(add(Value.pure(at, shift, value, null)));
        }
      }
      case LT, SLT -> compare(at, pop(), pop());
      case GT, SGT -> {
        Value a = pop();
        compare(at == Opcodes.GT ? Opcodes.LT : Opcodes.SLT, pop(), a);
      }
      case SUB, DIV, SDIV, MOD, SMOD, SIGNEXTEND, BYTE -> binary(at, pop(), pop());
      case ADDMOD, MULMOD -> {
        Value a = pop();
        Value b = pop();
        push(add(Value.pure(at, a, b, pop())));
      }
      case ISZERO, NOT, CLZ, CALLDATALOAD, BLOBHASH -> push(add(Value.pure(at, pop(), null, null)));
      case EXP, KECCAK256 -> {
        Value a = pop();
        push(add(Value.withEffect(at, a, pop(), true)));
      }
      case MLOAD -> {
        Value offset = pop();
        int instruction = isOffset(offset) ? Ir.MLOAD_K : at;
        push(add(Value.withEffect(instruction, offset, null, true)));
      }
      case MSTORE -> {
        Value offset = pop();
        int instruction = isOffset(offset) ? Ir.MSTORE_K : at;
        add(Value.withEffect(instruction, offset, pop(), false));
      }
      case MSTORE8 -> {
        Value offset = pop();
        add(Value.withEffect(at, offset, pop(), false));
      }
      case SLOAD, TLOAD, BALANCE, EXTCODESIZE, EXTCODEHASH, BLOCKHASH ->
          push(add(Value.withEffect(at, pop(), null, true)));
      case MSIZE -> push(add(Value.withEffect(at, null, null, true)));
      case ADDRESS,
          ORIGIN,
          CALLER,
          CALLVALUE,
          CALLDATASIZE,
          CODESIZE,
          GASPRICE,
          RETURNDATASIZE,
          COINBASE,
          TIMESTAMP,
          NUMBER,
          PREVRANDAO,
          GASLIMIT,
          CHAINID,
          SELFBALANCE,
          BASEFEE,
          BLOBBASEFEE ->
          push(add(Value.pure(at, null, null, null)));
      default -> readStackOpcode(at, pc);
    }
    return next;
  }

  private void readStackOpcode(int at, int pc) {
    if (at < Opcodes.DUP1) {
      push(Value.constant(immediate(pc + 1, at - Opcodes.PUSH0)));
    } else if (at < Opcodes.SWAP1) {
      push(get(height - 1 - (at - Opcodes.DUP1)));
    } else {
      int deep = height - 2 - (at - Opcodes.SWAP1);
      Value top = get(height - 1);
      set(height - 1, get(deep));
      set(deep, top);
    }
  }

  private long[] immediate(int from, int length) {
    long[] limbs = new long[Words.LIMBS];
    for (int i = 0; i < length; i++) {
      int shift = 8 * (length - 1 - i);
      long value = from + i < code.length ? code[from + i] & 0xff : 0;
      limbs[shift >>> 6] |= value << shift;
    }
    return limbs;
  }

  private void binary(int at, Value a, Value b) {
    int instruction = at;
    if (b.isShort()) {
      instruction = withConstant(at);
    } else if (b.isConstant() && at == Opcodes.AND) {
      instruction = Ir.AND_WIDE;
    }
    push(add(Value.pure(instruction, a, b, null)));
  }

  /** Pushes {@code a < b}. */
  private void compare(int at, Value a, Value b) {
    boolean signed = at == Opcodes.SLT;
    Value result;
    if (isBound(b, signed)) {
      result = Value.pure(signed ? Ir.SLT_K : Ir.LT_K, a, b, null);
    } else if (isBound(a, signed)) {
      result = Value.pure(signed ? Ir.SGT_K : Ir.GT_K, b, a, null);
    } else {
      result = Value.pure(at, a, b, null);
    }
    push(add(result));
  }

  private static boolean isBound(Value value, boolean signed) {
    return value.isShort() && !(signed && value.low() < 0);
  }

  /** An offset in memory that can stand in an instruction. */
  private static boolean isOffset(Value value) {
    return value.isShort() && value.low() >>> 31 == 0;
  }

  private static int withConstant(int opcode) {
    return switch (opcode) {
      case Opcodes.ADD -> Ir.ADD_K;
      case Opcodes.SUB -> Ir.SUB_K;
      case Opcodes.MUL -> Ir.MUL_K;
      case Opcodes.AND -> Ir.AND_K;
      case Opcodes.EQ -> Ir.EQ_K;
      case Opcodes.SHL -> Ir.SHL_K;
      case Opcodes.SHR -> Ir.SHR_K;
      case Opcodes.SAR -> Ir.SAR_K;
      default -> opcode;
    };
  }

  private int endWith(int instruction, int pc) {
    end = instruction;
    nextPc = pc + 1;
    return -1;
  }

  private int jump() {
    Value target = pop();
    if (isKnownDestination(target)) {
      end = Ir.JUMP_TO;
      takenPc = (int) target.low();
    } else {
      end = Opcodes.JUMP;
      endFirst = target;
    }
    return -1;
  }

  private int jumpIf(int next) {
    Value target = pop();
    Value condition = pop();
    nextPc = next;
    if (!isKnownDestination(target)) {
      end = Opcodes.JUMPI;
      endFirst = target;
      endSecond = condition;
      return -1;
    }
    takenPc = (int) target.low();

    boolean negated = false;
    while (condition.instruction == Opcodes.ISZERO && condition.x != null) {
      condition = condition.x;
      negated = !negated;
    }
    end = Ir.branchOn(condition.instruction);
    if (end == Ir.IF) {
      endFirst = condition;
    } else {
      endFirst = condition.x;
      endSecond = condition.y;
    }
    if (negated) {
      end++; // every IF is followed by its IF_NOT
    }
    return -1;
  }

  private boolean isKnownDestination(Value target) {
    return target.isShort() && program.isJumpDestination(target.low());
  }

  // ---- the stack of values ----

  private Value get(int position) {
    if (position < lowest) {
      for (int p = lowest - 1; p >= position; p--) {
        Value entry = Value.entry(p);
        entries[-p] = entry;
        stack[p + BELOW] = entry;
      }
      lowest = position;
    }
    return stack[position + BELOW];
  }

  private void set(int position, Value value) {
    stack[position + BELOW] = value;
  }

  private Value pop() {
    Value value = get(height - 1);
    height--;
    return value;
  }

  private void push(Value value) {
    stack[height + BELOW] = value;
    height++;
  }

  private Value add(Value result) {
    results.add(result);
    return result;
  }

  // ---- writing the block ----

  private void emit() {
    findUses();
    scratchBase = Math.max(0, height);
    for (int i = 0; i < results.size(); i++) {
      Value result = results.get(i);
      if (result.isNeeded) {
        emit(result, i);
      }
    }
    Value first = endFirst;
    Value second = endSecond;
    boolean inlined = first != null && second != null && Ir.inlinesSecond(end);
    if (first != null) {
      locate(first);
      keepFromMoves(first);
    }
    if (second != null && !inlined) {
      locate(second);
      keepFromMoves(second);
    }
    moveHome();
    int firstAt = first == null ? 0 : first.location;
    int secondAt = second == null || inlined ? 0 : second.location;
    write(Ir.encode(end, height * Words.LIMBS, firstAt, secondAt));
    if (second != null && inlined) {
      write(second.low());
    }
  }

  /** Finds which results are needed, where each value is read last, and where it comes to stand. */
  private void findUses() {
    for (int position = lowest; position < height; position++) {
      Value value = stack[position + BELOW];
      if (value.location != position * Words.LIMBS) {
        use(value, AT_THE_END);
        if (value.home == NOWHERE) {
          value.home = position;
        }
      }
    }
    if (endFirst != null) {
      use(endFirst, AT_THE_END);
    }
    if (endSecond != null) {
      use(endSecond, AT_THE_END);
    }
    for (int i = results.size() - 1; i >= 0; i--) {
      Value result = results.get(i);
      if (result.isNeeded || result.hasEffect) {
        result.isNeeded = true;
        if (result.x != null) {
          use(result.x, i);
        }
        if (result.y != null) {
          use(result.y, i);
        }
        if (result.z != null) {
          use(result.z, i);
        }
      }
    }
  }

  private static void use(Value value, int index) {
    value.isNeeded = true;
    value.lastUse = Math.max(value.lastUse, index);
  }

  private void emit(Value result, int index) {
    Value x = result.x;
    Value y = result.y;
    Value z = result.z;
    boolean firstInlined = Ir.inlinesFirst(result.instruction);
    boolean secondInlined = Ir.inlinesSecond(result.instruction);
    if (x != null && !firstInlined) {
      locate(x);
    }
    if (y != null && !secondInlined) {
      locate(y);
    }
    if (z != null) {
      locate(z);
    }
    int firstAt = x == null || firstInlined ? 0 : x.location;
    int secondAt = y == null || secondInlined ? 0 : y.location;
    release(x, index);
    release(y, index);
    release(z, index);
    if (result.hasResult) {
      place(result, index);
    }

    int resultAt = result.hasResult ? result.location : 0;
    if (Ir.isEnvironment(result.instruction)) {
      write(Ir.encode(Ir.ENVIRONMENT, resultAt, result.instruction, 0));
      return;
    }
    write(Ir.encode(result.instruction, resultAt, firstAt, secondAt));
    if (z != null) {
      write(z.location);
    }
    Value inlined = firstInlined ? x : secondInlined ? y : null;
    if (inlined != null && inlined.constant != null) {
      int limbs = result.instruction == Ir.AND_WIDE ? Words.LIMBS : 1;
      for (int i = 0; i < limbs; i++) {
        write(inlined.constant[i]);
      }
    }
  }

  /** Makes sure that the value is somewhere: constants are written where they are first needed. */
  private void locate(Value value) {
    if (value.location == NOWHERE && value.constant != null) {
      value.location = takeScratch();
      value.isScratch = true;
      set(value.location, value.constant);
    }
  }

  private void release(@Nullable Value value, int index) {
    if (value != null && value.isScratch && value.lastUse <= index) {
      value.isScratch = false;
      scratchTaken[value.location / Words.LIMBS - scratchBase] = false;
    }
  }

  /** Puts a result where the block is to leave it, if what was there is no longer needed. */
  private void place(Value result, int index) {
    int home = result.home;
    if (home != NOWHERE && (home >= 0 || entries[-home].lastUse <= index)) {
      result.location = home * Words.LIMBS;
    } else {
      result.location = takeScratch();
      result.isScratch = true;
      release(result, index);
    }
  }

  private int takeScratch() {
    int i = 0;
    while (i < scratchTaken.length && scratchTaken[i]) {
      i++;
    }
    if (i == scratchTaken.length) {
      scratchTaken = Arrays.copyOf(scratchTaken, 2 * i);
    }
    scratchTaken[i] = true;
    return (scratchBase + i) * Words.LIMBS;
  }

  /** Moves an operand of the block's end out of the way, if something is to be moved over it. */
  private void keepFromMoves(Value value) {
    int position = value.location / Words.LIMBS;
    boolean isOverwritten =
        position >= lowest && position < height && stack[position + BELOW] != value;
    if (isOverwritten) {
      int scratch = takeScratch();
      write(Ir.encode(Ir.MOVE, scratch, value.location, 0));
      value.location = scratch;
    }
  }

  private record Move(int to, int from) {}

  /** Moves everything at once to where the code would have left it. */
  private void moveHome() {
    List<Move> moves = new ArrayList<>();
    for (int position = lowest; position < height; position++) {
      Value value = stack[position + BELOW];
      int to = position * Words.LIMBS;
      if (value.constant == null && value.location != to) {
        moves.add(new Move(to, value.location));
      }
    }
    while (!moves.isEmpty()) {
      if (!moveOneThatIsFree(moves)) {
        breakCycle(moves);
      }
    }
    for (int position = lowest; position < height; position++) {
      long[] constant = stack[position + BELOW].constant;
      if (constant != null) {
        set(position * Words.LIMBS, constant);
      }
    }
  }

  private boolean moveOneThatIsFree(List<Move> moves) {
    for (Move move : moves) {
      if (moves.stream().noneMatch(other -> other != move && other.from() == move.to())) {
        write(Ir.encode(Ir.MOVE, move.to(), move.from(), 0));
        moves.remove(move);
        return true;
      }
    }
    return false;
  }

  private void breakCycle(List<Move> moves) {
    int overwritten = moves.getFirst().to();
    int scratch = takeScratch();
    write(Ir.encode(Ir.MOVE, scratch, overwritten, 0));
    moves.replaceAll(move -> move.from() == overwritten ? new Move(move.to(), scratch) : move);
  }

  private void set(int location, long[] constant) {
    if ((constant[1] | constant[2] | constant[3]) == 0) {
      write(Ir.encode(Ir.SET, location, 0, 0));
      write(constant[0]);
    } else {
      write(Ir.encode(Ir.SET_WIDE, location, 0, 0));
      for (long limb : constant) {
        write(limb);
      }
    }
  }

  private void write(long instruction) {
    if (outLength == out.length) {
      out = Arrays.copyOf(out, 2 * outLength);
    }
    out[outLength++] = instruction;
  }
}
