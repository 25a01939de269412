package io.mooring.bench.fuzz;

import io.mooring.evm.U256;
import io.mooring.evm.interpreter.Opcode;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Bytecode as it grows, with a lower bound of how many words are on the stack. */
final class ProgramBuilder {
  private final ByteArrayOutputStream code = new ByteArrayOutputStream();
  private int depth;

  int depth() {
    return depth;
  }

  /** What is known of the stack after a join of two paths. */
  void atLeast(int depth) {
    this.depth = Math.max(0, depth);
  }

  int position() {
    return code.size();
  }

  byte[] bytes() {
    return code.toByteArray();
  }

  ProgramBuilder raw(int b) {
    code.write(b);
    return this;
  }

  ProgramBuilder op(Opcode opcode) {
    code.write(opcode.code());
    depth = Math.max(0, depth - opcode.pops()) + opcode.pushes();
    return this;
  }

  ProgramBuilder push(U256 value) {
    byte[] bytes = value.bytes();
    int zeros = 0;
    while (zeros < U256.BYTES - 1 && bytes[zeros] == 0) {
      zeros++;
    }
    return push(Arrays.copyOfRange(bytes, zeros, U256.BYTES));
  }

  ProgramBuilder push(long value) {
    return push(U256.of(value));
  }

  ProgramBuilder push(byte[] immediate) {
    code.write(Opcode.PUSH1.code() - 1 + immediate.length);
    code.writeBytes(immediate);
    depth++;
    return this;
  }

  /** Two bytes for a jump's target, which {@link #land} fills in. */
  int pushTarget() {
    push(new byte[2]);
    return code.size() - 2;
  }

  /** Writes bytes to memory from an offset on, a word at a time. */
  ProgramBuilder store(byte[] bytes, int offset) {
    for (int at = 0; at < bytes.length; at += U256.BYTES) {
      push(Arrays.copyOfRange(bytes, at, at + U256.BYTES)).push(offset + at).op(Opcode.MSTORE);
    }
    return this;
  }

  byte[] land(byte[] program, int target, int position) {
    program[target] = (byte) (position >>> 8);
    program[target + 1] = (byte) position;
    return program;
  }
}
