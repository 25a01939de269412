package io.mooring.evm.interpreter;

import io.mooring.evm.Halt;

/**
 * The loop that runs a frame's blocks.
 *
 * <p>Its method must stay below 8,000 bytes of bytecode, or HotSpot never compiles it; whatever is
 * not hot or is large stands in a method of its own.
 */
final class BlockLoop {
  private BlockLoop() {}

  /** Runs until the frame has ended or has begun another one. */
  static void run(Frame f) {
    final long[] s = f.stack;
    final Division division = f.execution.division;
    Block block = f.block;
    int top = f.top;
    long gas = f.portion();

    blocks:
    while (true) {
      gas -= block.gas;
      if (gas < 0 || top < block.leastLimbs || top > block.mostLimbs) {
        gas += block.gas;
        f.settle(gas);
        f.top = top;
        block = CarefulEntry.enter(f, block);
        if (f.state != Frame.State.RUNNING) {
          return;
        }
        gas = f.portion();
      }
      final long[] code = block.instructions;
      int ip = 0;
      while (true) {
        long i = code[ip++];
        int d = top + Ir.result(i);
        int a = top + Ir.first(i);
        int b = top + Ir.second(i);
        switch (Ir.instruction(i)) {
          case Ir.SET -> Words.set(s, d, code[ip++]);
          case Ir.SET_WIDE -> {
            s[d] = code[ip];
            s[d + 1] = code[ip + 1];
            s[d + 2] = code[ip + 2];
            s[d + 3] = code[ip + 3];
            ip += 4;
          }
          case Ir.MOVE -> Words.copy(s, d, a);

          case Opcodes.ADD -> Words.add(s, d, a, b);
          case Ir.ADD_K -> Words.addLong(s, d, a, code[ip++]);
          case Opcodes.SUB -> Words.sub(s, d, a, b);
          case Ir.SUB_K -> Words.subLong(s, d, a, code[ip++]);
          case Opcodes.MUL -> Words.mul(s, d, a, b);
          case Ir.MUL_K -> Words.mulLong(s, d, a, code[ip++]);
          case Opcodes.DIV -> division.div(s, d, a, b);
          case Opcodes.SDIV -> division.sdiv(s, d, a, b);
          case Opcodes.MOD -> division.mod(s, d, a, b);
          case Opcodes.SMOD -> division.smod(s, d, a, b);
          case Opcodes.ADDMOD -> division.addMod(s, d, a, b, top + (int) code[ip++]);
          case Opcodes.MULMOD -> division.mulMod(s, d, a, b, top + (int) code[ip++]);
          case Opcodes.SIGNEXTEND -> Words.signExtend(s, d, a, b);

          case Opcodes.LT -> Words.set(s, d, Words.less(s, a, b));
          case Ir.LT_K -> Words.set(s, d, Words.lessLong(s, a, code[ip++]));
          case Ir.GT_K -> Words.set(s, d, Words.greaterLong(s, a, code[ip++]));
          case Opcodes.SLT -> Words.set(s, d, Words.lessSigned(s, a, b));
          case Ir.SLT_K -> Words.set(s, d, Words.lessSignedLong(s, a, code[ip++]));
          case Ir.SGT_K -> Words.set(s, d, Words.greaterSignedLong(s, a, code[ip++]));
          case Opcodes.EQ -> Words.set(s, d, Words.equal(s, a, b));
          case Ir.EQ_K -> Words.set(s, d, Words.equalLong(s, a, code[ip++]));
          case Opcodes.ISZERO -> Words.set(s, d, Words.isZero(s, a));
          case Opcodes.AND -> Words.and(s, d, a, b);
          case Ir.AND_K -> Words.set(s, d, s[a] & code[ip++]);
          case Ir.AND_WIDE -> {
            s[d] = s[a] & code[ip];
            s[d + 1] = s[a + 1] & code[ip + 1];
            s[d + 2] = s[a + 2] & code[ip + 2];
            s[d + 3] = s[a + 3] & code[ip + 3];
            ip += 4;
          }
          case Opcodes.OR -> Words.or(s, d, a, b);
          case Opcodes.XOR -> Words.xor(s, d, a, b);
          case Opcodes.NOT -> Words.not(s, d, a);
          case Opcodes.BYTE -> Words.byteAt(s, d, a, b);
          case Opcodes.SHL -> Words.shl(s, d, b, Words.shift(s, a));
          case Ir.SHL_K -> Words.shl(s, d, a, shift(code[ip++]));
          case Opcodes.SHR -> Words.shr(s, d, b, Words.shift(s, a));
          case Ir.SHR_K -> Words.shr(s, d, a, shift(code[ip++]));
          case Opcodes.SAR -> Words.sar(s, d, b, Words.shift(s, a));
          case Ir.SAR_K -> Words.sar(s, d, a, shift(code[ip++]));
          case Opcodes.CLZ -> Words.set(s, d, Words.leadingZeros(s, a));

          case Opcodes.MLOAD -> {
            long offset = Words.saturated(s, a);
            if (offset > f.memorySize - 32L && (gas = f.expand(gas, offset, 32)) < 0) {
              f.halt(Halt.OUT_OF_GAS);
              return;
            }
            f.load(s, d, (int) offset);
          }
          case Ir.MLOAD_K -> {
            long offset = code[ip++];
            if (offset > f.memorySize - 32L && (gas = f.expand(gas, offset, 32)) < 0) {
              f.halt(Halt.OUT_OF_GAS);
              return;
            }
            f.load(s, d, (int) offset);
          }
          case Opcodes.MSTORE -> {
            long offset = Words.saturated(s, a);
            if (offset > f.memorySize - 32L && (gas = f.expand(gas, offset, 32)) < 0) {
              f.halt(Halt.OUT_OF_GAS);
              return;
            }
            f.store(s, b, (int) offset);
          }
          case Ir.MSTORE_K -> {
            long offset = code[ip++];
            if (offset > f.memorySize - 32L && (gas = f.expand(gas, offset, 32)) < 0) {
              f.halt(Halt.OUT_OF_GAS);
              return;
            }
            f.store(s, b, (int) offset);
          }
          case Opcodes.CALLDATALOAD -> f.loadInput(s, d, a);
          case Ir.ENVIRONMENT -> ReadRules.environment(f, Ir.first(i), s, d);
          case Opcodes.MSIZE -> Words.set(s, d, f.memorySize);
          case Opcodes.BLOBHASH -> ReadRules.blobHash(f, s, d, a);
          case Opcodes.TLOAD -> StorageRules.loadTransient(f, s, d, a);

          case Opcodes.KECCAK256,
              Opcodes.EXP,
              Opcodes.MSTORE8,
              Opcodes.SLOAD,
              Opcodes.BALANCE,
              Opcodes.EXTCODESIZE,
              Opcodes.EXTCODEHASH,
              Opcodes.BLOCKHASH -> {
            gas = ReadRules.priced(f, Ir.instruction(i), gas, s, d, a, b);
            if (gas < 0) {
              f.halt(Halt.OUT_OF_GAS);
              return;
            }
          }

          case Ir.NEXT -> {
            top = d;
            block = block.next();
            continue blocks;
          }
          case Ir.JUMP_TO -> {
            top = d;
            block = block.taken();
            continue blocks;
          }
          case Opcodes.JUMP -> {
            top = d;
            Block target = block.program.destination(Words.saturated(s, a), block.isStepwise);
            if (target == null) {
              f.halt(Halt.INVALID_JUMP);
              return;
            }
            block = target;
            continue blocks;
          }
          case Opcodes.JUMPI -> {
            top = d;
            if (Words.isZero(s, b)) {
              block = block.next();
              continue blocks;
            }
            Block target = block.program.destination(Words.saturated(s, a), block.isStepwise);
            if (target == null) {
              f.halt(Halt.INVALID_JUMP);
              return;
            }
            block = target;
            continue blocks;
          }
          case Ir.IF -> {
            top = d;
            block = block.after(!Words.isZero(s, a));
            continue blocks;
          }
          case Ir.IF_NOT -> {
            top = d;
            block = block.after(Words.isZero(s, a));
            continue blocks;
          }
          case Ir.IF_LT -> {
            top = d;
            block = block.after(Words.less(s, a, b));
            continue blocks;
          }
          case Ir.IF_NOT_LT -> {
            top = d;
            block = block.after(!Words.less(s, a, b));
            continue blocks;
          }
          case Ir.IF_SLT -> {
            top = d;
            block = block.after(Words.lessSigned(s, a, b));
            continue blocks;
          }
          case Ir.IF_NOT_SLT -> {
            top = d;
            block = block.after(!Words.lessSigned(s, a, b));
            continue blocks;
          }
          case Ir.IF_EQ -> {
            top = d;
            block = block.after(Words.equal(s, a, b));
            continue blocks;
          }
          case Ir.IF_NOT_EQ -> {
            top = d;
            block = block.after(!Words.equal(s, a, b));
            continue blocks;
          }
          case Ir.IF_LT_K -> {
            top = d;
            block = block.after(Words.lessLong(s, a, code[ip]));
            continue blocks;
          }
          case Ir.IF_NOT_LT_K -> {
            top = d;
            block = block.after(!Words.lessLong(s, a, code[ip]));
            continue blocks;
          }
          case Ir.IF_GT_K -> {
            top = d;
            block = block.after(Words.greaterLong(s, a, code[ip]));
            continue blocks;
          }
          case Ir.IF_NOT_GT_K -> {
            top = d;
            block = block.after(!Words.greaterLong(s, a, code[ip]));
            continue blocks;
          }
          case Ir.IF_SLT_K -> {
            top = d;
            block = block.after(Words.lessSignedLong(s, a, code[ip]));
            continue blocks;
          }
          case Ir.IF_NOT_SLT_K -> {
            top = d;
            block = block.after(!Words.lessSignedLong(s, a, code[ip]));
            continue blocks;
          }
          case Ir.IF_SGT_K -> {
            top = d;
            block = block.after(Words.greaterSignedLong(s, a, code[ip]));
            continue blocks;
          }
          case Ir.IF_NOT_SGT_K -> {
            top = d;
            block = block.after(!Words.greaterSignedLong(s, a, code[ip]));
            continue blocks;
          }
          case Ir.IF_EQ_K -> {
            top = d;
            block = block.after(Words.equalLong(s, a, code[ip]));
            continue blocks;
          }
          case Ir.IF_NOT_EQ_K -> {
            top = d;
            block = block.after(!Words.equalLong(s, a, code[ip]));
            continue blocks;
          }
          default -> {
            // The rest sees the frame as the Yellow Paper has it: operands on the stack, gas exact.
            f.settle(gas);
            f.top = d;
            f.block = block;
            FrameRules.apply(f, Ir.instruction(i));
            if (f.state != Frame.State.RUNNING || f.execution.innermost() != f) {
              return;
            }
            gas = f.portion();
            top = f.top;
            block = f.block;
            continue blocks;
          }
        }
      }
    }
  }

  private static int shift(long constant) {
    return Long.compareUnsigned(constant, 256) < 0 ? (int) constant : 256;
  }
}
