package io.mooring.bench.evm;

import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Turns EVM code into one JVM method whose local variables are the EVM's stack, four longs an item.
 *
 * <p>A sketch: it knows the few instructions of the loop that it is measured with, jumps go to
 * constants, and at the first MSTORE it writes the top of the stack to its result and ends. Gas is
 * checked once a block.
 */
final class TierCompiler {
  private static final ClassDesc LIMBS = ClassDesc.of(Limbs.class.getName());
  private static final int LIMBS_PER_ITEM = 4;
  private static final int LONG = 2; // local variables that a long takes

  // Local variables.
  private static final int GAS = 0;
  private static final int RESULT = 2;
  private static final int SUM = 4;
  private static final int CARRY = 6;
  private static final int PART = 8;
  private static final int STACK = 16;
  private static final int STACK_ITEMS_MAX = 24;

  private final byte[] code;
  private final Map<Integer, Label> destinations = new TreeMap<>();
  private int depth;
  private long constant; // the last one pushed, which a jump or a shift takes

  private TierCompiler(byte[] code) {
    this.code = code;
  }

  /** A method from gas and a place for the result to the gas left, below zero when it ran out. */
  static MethodHandle compile(byte[] code) throws ReflectiveOperationException {
    MethodHandles.Lookup own = MethodHandles.lookup();
    MethodHandles.Lookup hidden = own.defineHiddenClass(new TierCompiler(code).classFile(), true);
    return hidden.findStatic(
        hidden.lookupClass(), "run", MethodType.methodType(long.class, long.class, long[].class));
  }

  private byte[] classFile() {
    ClassDesc name = ClassDesc.of(TierCompiler.class.getPackageName(), "Compiled");
    MethodTypeDesc type = MethodTypeDesc.of(CD_long, CD_long, CD_long.arrayType());
    return ClassFile.of()
        .build(name, made -> made.withMethodBody("run", type, ClassFile.ACC_STATIC, this::body));
  }

  private void body(CodeBuilder to) {
    for (int i = 0; i < STACK_ITEMS_MAX * LIMBS_PER_ITEM; i++) {
      to.lconst_0().lstore(STACK + LONG * i);
    }
    Label end = to.newLabel();
    for (int pc = 0; pc < code.length; pc += 1 + immediateBytes(pc)) {
      if (opcode(pc) == 0x5b) {
        destinations.put(pc, to.newLabel());
      }
    }
    boolean blockBegins = true;
    for (int pc = 0; opcode(pc) != 0x52; pc += 1 + immediateBytes(pc)) {
      if (opcode(pc) == 0x5b) {
        to.labelBinding(destinations.get(pc));
        blockBegins = true;
      }
      if (blockBegins) {
        payForBlock(to, pc, end);
      }
      instruction(to, pc);
      blockBegins = opcode(pc) == 0x57;
    }
    for (int limb = 0; limb < LIMBS_PER_ITEM; limb++) {
      to.aload(RESULT).loadConstant(limb).lload(item(1, limb)).lastore();
    }
    to.labelBinding(end).lload(GAS).lreturn();
  }

  private void instruction(CodeBuilder to, int pc) {
    int opcode = opcode(pc);
    switch (opcode) {
      case 0x01 -> addOrSubtract(to, true);
      case 0x02 -> multiply(to);
      case 0x03 -> addOrSubtract(to, false);
      case 0x10 -> lessThan(to);
      case 0x16 -> bitwise(limb -> both(to, limb).land());
      case 0x18 -> bitwise(limb -> both(to, limb).lxor());
      case 0x19 -> {
        for (int limb = 0; limb < LIMBS_PER_ITEM; limb++) {
          to.lload(item(0, limb)).loadConstant(-1L).lxor().lstore(item(0, limb));
        }
      }
      case 0x1b -> shiftLeft(to, (int) constant);
      case 0x50 -> depth--;
      case 0x57 -> jumpIf(to);
      case 0x5b -> {}
      default -> {
        if (opcode >= 0x5f && opcode <= 0x7f) {
          push(to, pc);
        } else if (opcode >= 0x80 && opcode <= 0x8f) {
          for (int limb = 0; limb < LIMBS_PER_ITEM; limb++) {
            to.lload(item(opcode - 0x80, limb)).lstore(item(-1, limb));
          }
          depth++;
        } else if (opcode >= 0x90 && opcode <= 0x9f) {
          int other = opcode - 0x8f;
          for (int limb = 0; limb < LIMBS_PER_ITEM; limb++) {
            to.lload(item(0, limb)).lload(item(other, limb));
            to.lstore(item(0, limb)).lstore(item(other, limb));
          }
        } else {
          throw new IllegalArgumentException("not in the sketch: " + Integer.toHexString(opcode));
        }
      }
    }
  }

  private void bitwise(IntFunction<CodeBuilder> operation) {
    for (int limb = 0; limb < LIMBS_PER_ITEM; limb++) {
      operation.apply(limb).lstore(item(1, limb));
    }
    depth--;
  }

  private CodeBuilder both(CodeBuilder to, int limb) {
    return to.lload(item(0, limb)).lload(item(1, limb));
  }

  private void push(CodeBuilder to, int pc) {
    byte[] word = new byte[LIMBS_PER_ITEM * Long.BYTES];
    int bytes = immediateBytes(pc);
    System.arraycopy(code, pc + 1, word, word.length - bytes, bytes);
    for (int limb = 0; limb < LIMBS_PER_ITEM; limb++) {
      long value = 0;
      for (int i = 0; i < Long.BYTES; i++) {
        value = value << Byte.SIZE | word[word.length - (limb + 1) * Long.BYTES + i] & 0xff;
      }
      constant = limb == 0 ? value : constant;
      to.loadConstant(value).lstore(item(-1, limb));
    }
    depth++;
  }

  private void addOrSubtract(CodeBuilder to, boolean add) {
    String overflow = add ? "carry" : "borrow";
    to.lconst_0().lstore(CARRY);
    for (int limb = 0; limb < LIMBS_PER_ITEM; limb++) {
      limb(both(to, limb), add).lstore(PART);
      limb(to.lload(PART).lload(CARRY), add).lstore(SUM);
      both(to, limb).lload(PART).invokestatic(LIMBS, overflow, longs(3));
      to.lload(PART).lload(CARRY).lload(SUM).invokestatic(LIMBS, overflow, longs(3)).lor();
      to.lstore(CARRY);
      to.lload(SUM).lstore(item(1, limb));
    }
    depth--;
  }

  private static CodeBuilder limb(CodeBuilder to, boolean add) {
    return add ? to.ladd() : to.lsub();
  }

  private void multiply(CodeBuilder to) {
    both(to, 0).lmul().lstore(SUM);
    operands(to, 2).invokestatic(LIMBS, "product1", longs(4)).lstore(PART);
    operands(to, 3).invokestatic(LIMBS, "product2", longs(6)).lstore(CARRY);
    operands(to, 4).invokestatic(LIMBS, "product3", longs(8)).lstore(item(1, 3));
    to.lload(SUM).lstore(item(1, 0)).lload(PART).lstore(item(1, 1));
    to.lload(CARRY).lstore(item(1, 2));
    depth--;
  }

  private CodeBuilder operands(CodeBuilder to, int limbs) {
    for (int operand = 0; operand < 2; operand++) {
      for (int limb = 0; limb < limbs; limb++) {
        to.lload(item(operand, limb));
      }
    }
    return to;
  }

  /** One is less where taking the other from it borrows. */
  private void lessThan(CodeBuilder to) {
    to.lconst_0().lstore(CARRY);
    for (int limb = 0; limb < LIMBS_PER_ITEM; limb++) {
      both(to, limb).lsub().lstore(PART);
      to.lload(PART).lload(CARRY).lsub().lstore(SUM);
      both(to, limb).lload(PART).invokestatic(LIMBS, "borrow", longs(3));
      to.lload(PART).lload(CARRY).lload(SUM).invokestatic(LIMBS, "borrow", longs(3)).lor();
      to.lstore(CARRY);
    }
    to.lload(CARRY).lstore(item(1, 0));
    for (int limb = 1; limb < LIMBS_PER_ITEM; limb++) {
      to.lconst_0().lstore(item(1, limb));
    }
    depth--;
  }

  /** By less than a limb, which is all that the sketch is asked for. */
  private void shiftLeft(CodeBuilder to, int bits) {
    for (int limb = LIMBS_PER_ITEM - 1; limb >= 0; limb--) {
      to.lload(item(1, limb)).loadConstant(bits).lshl();
      if (limb > 0) {
        to.lload(item(1, limb - 1)).loadConstant(Long.SIZE - bits).lushr().lor();
      }
      to.lstore(item(1, limb));
    }
    depth--;
  }

  private void jumpIf(CodeBuilder to) {
    depth -= 2;
    to.lload(item(-1, 0));
    for (int limb = 1; limb < LIMBS_PER_ITEM; limb++) {
      to.lload(item(-1, limb)).lor();
    }
    to.lconst_0().lcmp().ifne(destinations.get((int) constant));
  }

  private void payForBlock(CodeBuilder to, int from, Label end) {
    long cost = gas(opcode(from));
    boolean ended = opcode(from) == 0x57;
    for (int pc = from + 1 + immediateBytes(from);
        !ended && pc < code.length && opcode(pc) != 0x5b;
        pc += 1 + immediateBytes(pc)) {
      cost += gas(opcode(pc));
      ended = opcode(pc) == 0x57;
    }
    to.lload(GAS).loadConstant(cost).lsub().lstore(GAS);
    to.lload(GAS).lconst_0().lcmp().iflt(end);
  }

  private static int gas(int opcode) {
    return switch (opcode) {
      case 0x02 -> 5;
      case 0x50, 0x5f -> 2;
      case 0x52 -> 6; // and one word of memory
      case 0x57 -> 10;
      case 0x5b -> 1;
      case 0xf3 -> 0;
      default -> 3;
    };
  }

  private int opcode(int pc) {
    return code[pc] & 0xff;
  }

  private int immediateBytes(int pc) {
    return Math.max(0, opcode(pc) <= 0x7f ? opcode(pc) - 0x5f : 0);
  }

  /** The variable of a limb of an item, counted from the top; -1 is the one to be pushed. */
  private int item(int fromTop, int limb) {
    return STACK + LONG * (LIMBS_PER_ITEM * (depth - 1 - fromTop) + limb);
  }

  private static MethodTypeDesc longs(int count) {
    return MethodTypeDesc.of(CD_long, Collections.nCopies(count, CD_long));
  }
}
