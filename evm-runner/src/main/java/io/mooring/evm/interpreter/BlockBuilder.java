package io.mooring.evm.interpreter;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one block out of a code.
 *
 * <p>The code is run on values instead of words: PUSH, DUP, SWAP and POP only move values about and
 * leave no instruction behind, every other opcode makes one whose operands are found where they
 * already are. {@link BlockWriter} writes them, and moves what is left to where the code would have
 * left it, so that between blocks the stack is exactly the EVM's.
 */
final class BlockBuilder {
  static final int STACK_WORDS_MAX = 1024;

  /** Words above the EVM's stack that a block may use as scratch space. */
  static final int SCRATCH_WORDS = 512;

  private static final int RESULTS_MAX = 200;
  private static final int GROWTH_MAX = 100;

  private final Program program;
  private final byte[] code;
  private final GasSchedule gas;

  private final ValueStack stack = new ValueStack();
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
        && stack.lowest() > -RESULTS_MAX
        && !program.isJumpDestination(at);
  }

  private Block finish(int pc, int at, boolean stepwise) {
    if (at >= 0) {
      end = Ir.NEXT;
      nextPc = at;
    }
    return new Block(
        program,
        pc,
        pc < code.length ? code[pc] & 0xff : 0,
        stepwise,
        cost,
        need * Words.LIMBS,
        (STACK_WORDS_MAX - growth) * Words.LIMBS,
        new BlockWriter(stack, results).write(end, endFirst, endSecond),
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
    need = Math.max(need, opcode.pops() - stack.height());
    growth = Math.max(growth, stack.height() - opcode.pops() + opcode.pushes());
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
      stack.duplicate(at - Opcodes.DUP1);
    } else {
      stack.swap(at - Opcodes.SWAP1 + 1);
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

  private void push(Value value) {
    stack.push(value);
  }

  private Value pop() {
    return stack.pop();
  }

  private Value add(Value result) {
    results.add(result);
    return result;
  }
}
