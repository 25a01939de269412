package io.mooring.bench.fuzz;

import io.mooring.evm.Address;
import io.mooring.evm.Fork;
import io.mooring.evm.U256;
import io.mooring.evm.interpreter.Opcode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Random code of one fork: statements that mostly run, on values that mostly matter. */
final class ProgramGenerator {
  private static final int NESTING_MAX = 3;
  private static final int STACK_ITEMS_SHOWN = 6;

  private static final List<Opcode> ARITHMETIC =
      List.of(
          Opcode.ADD,
          Opcode.MUL,
          Opcode.SUB,
          Opcode.DIV,
          Opcode.SDIV,
          Opcode.MOD,
          Opcode.SMOD,
          Opcode.ADDMOD,
          Opcode.MULMOD,
          Opcode.EXP,
          Opcode.SIGNEXTEND,
          Opcode.LT,
          Opcode.GT,
          Opcode.SLT,
          Opcode.SGT,
          Opcode.EQ,
          Opcode.ISZERO,
          Opcode.AND,
          Opcode.OR,
          Opcode.XOR,
          Opcode.NOT,
          Opcode.BYTE,
          Opcode.SHL,
          Opcode.SHR,
          Opcode.SAR,
          Opcode.CLZ);
  private static final List<Opcode> ENVIRONMENT =
      List.of(
          Opcode.ADDRESS,
          Opcode.ORIGIN,
          Opcode.CALLER,
          Opcode.CALLVALUE,
          Opcode.CALLDATASIZE,
          Opcode.CODESIZE,
          Opcode.GASPRICE,
          Opcode.RETURNDATASIZE,
          Opcode.COINBASE,
          Opcode.TIMESTAMP,
          Opcode.NUMBER,
          Opcode.PREVRANDAO,
          Opcode.GASLIMIT,
          Opcode.CHAINID,
          Opcode.SELFBALANCE,
          Opcode.BASEFEE,
          Opcode.BLOBBASEFEE,
          Opcode.PC,
          Opcode.MSIZE,
          Opcode.GAS);
  private static final List<Opcode> CALLS =
      List.of(Opcode.CALL, Opcode.CALL, Opcode.STATICCALL, Opcode.DELEGATECALL, Opcode.CALLCODE);

  private final Values values;
  private final Fork fork;
  private final List<Address> targets;
  private final PrecompileInputs precompileInputs;
  private final Map<Integer, Integer> jumps = new HashMap<>();
  private ProgramBuilder code = new ProgramBuilder();

  ProgramGenerator(Values values, Fork fork, List<Address> targets) {
    this.values = values;
    this.fork = fork;
    this.targets = targets;
    this.precompileInputs = new PrecompileInputs(values);
  }

  byte[] program(int statements) {
    code = new ProgramBuilder();
    jumps.clear();
    for (int i = values.below(5); i >= 0; i--) {
      code.push(values.word());
    }
    for (int i = 0; i < statements; i++) {
      statement(0);
    }
    end();
    byte[] program = code.bytes();
    jumps.forEach((target, position) -> code.land(program, target, position));
    return program;
  }

  private void statement(int nesting) {
    int kind = values.below(100);
    if (kind < 28) {
      arithmetic();
    } else if (kind < 36) {
      shuffle();
    } else if (kind < 47) {
      memory();
    } else if (kind < 56) {
      storage();
    } else if (kind < 62) {
      emit(values.oneOf(ENVIRONMENT));
    } else if (kind < 68) {
      copy();
    } else if (kind < 72) {
      account();
    } else if (kind < 82) {
      call();
    } else if (kind < 86) {
      precompile();
    } else if (kind < 89) {
      create();
    } else if (kind < 91) {
      log();
    } else if (kind < 95 && nesting < NESTING_MAX) {
      branch(nesting);
    } else if (kind < 97 && nesting < NESTING_MAX) {
      loop(nesting);
    } else if (kind < 99) {
      code.push(values.word());
    } else {
      oddity();
    }
  }

  /** Emits an instruction, if this fork has it or, rarely, though it has not. */
  private void emit(Opcode opcode) {
    if (Opcode.of(opcode.code(), fork) != null || values.chance(1)) {
      code.op(opcode);
    }
  }

  private boolean has(Opcode opcode) {
    return Opcode.of(opcode.code(), fork) != null;
  }

  private void arithmetic() {
    Opcode opcode = values.oneOf(ARITHMETIC);
    if (!has(opcode)) {
      return;
    }
    boolean fromStack = values.chance(40) && code.depth() >= opcode.pops();
    for (int i = 0; !fromStack && i < opcode.pops(); i++) {
      if (code.depth() > 0 && values.chance(30)) {
        duplicate();
      } else {
        code.push(values.word());
      }
    }
    code.op(opcode);
  }

  private void duplicate() {
    code.raw(Opcode.DUP1.code() + values.below(Math.min(16, code.depth())));
    code.atLeast(code.depth() + 1);
  }

  private void shuffle() {
    int depth = code.depth();
    if (depth > 1 && values.chance(40)) {
      code.raw(Opcode.SWAP1.code() + values.below(Math.min(16, depth - 1)));
    } else if (depth > 0 && values.chance(60)) {
      duplicate();
    } else if (depth > 0) {
      code.op(Opcode.POP);
    }
  }

  private void memory() {
    switch (values.below(6)) {
      case 0, 1 -> value().push(values.memoryOffset()).op(Opcode.MSTORE);
      case 2 -> code.push(values.memoryOffset()).op(Opcode.MLOAD);
      case 3 -> value().push(values.memoryOffset()).op(Opcode.MSTORE8);
      case 4 -> code.push(values.memoryLength()).push(values.memoryOffset()).op(Opcode.KECCAK256);
      default -> {
        if (has(Opcode.MCOPY)) {
          code.push(values.memoryLength()).push(values.memoryOffset());
          code.push(values.memoryOffset()).op(Opcode.MCOPY);
        }
      }
    }
  }

  private ProgramBuilder value() {
    if (code.depth() > 0 && values.chance(60)) {
      duplicate();
      return code;
    }
    return code.push(values.word());
  }

  private void storage() {
    boolean transientToo = has(Opcode.TLOAD) && values.chance(25);
    if (values.chance(45)) {
      code.push(values.slot()).op(transientToo ? Opcode.TLOAD : Opcode.SLOAD);
    } else {
      code.push(values.slotValue()).push(values.slot());
      code.op(transientToo ? Opcode.TSTORE : Opcode.SSTORE);
    }
  }

  private void copy() {
    Opcode opcode =
        values.oneOf(
            Opcode.CALLDATACOPY, Opcode.CODECOPY, Opcode.RETURNDATACOPY, Opcode.EXTCODECOPY);
    if (opcode == Opcode.RETURNDATACOPY && values.chance(70)) {
      if (has(opcode)) {
        code.op(Opcode.RETURNDATASIZE).push(0).push(values.memoryOffset()).op(opcode);
      }
      return;
    }
    if (values.chance(30)) {
      code.push(values.memoryOffset()).op(Opcode.CALLDATALOAD);
      return;
    }
    if (has(opcode)) {
      code.push(values.memoryLength()).push(values.memoryOffset()).push(values.memoryOffset());
      if (opcode == Opcode.EXTCODECOPY) {
        target();
      }
      code.op(opcode);
    }
  }

  private void account() {
    Opcode opcode =
        values.oneOf(
            Opcode.BALANCE,
            Opcode.EXTCODESIZE,
            Opcode.EXTCODEHASH,
            Opcode.BLOCKHASH,
            Opcode.BLOBHASH);
    if (!has(opcode)) {
      return;
    }
    if (opcode == Opcode.BLOCKHASH) {
      if (values.chance(60)) {
        code.push(values.below(300)).op(Opcode.NUMBER).op(Opcode.SUB);
      } else {
        code.push(values.word());
      }
    } else if (opcode == Opcode.BLOBHASH) {
      code.push(values.below(4));
    } else {
      target();
    }
    code.op(opcode);
  }

  private void target() {
    if (values.chance(4)) {
      code.push(values.word());
    } else {
      code.push(values.oneOf(targets).bytes());
    }
  }

  private void call() {
    Opcode opcode = values.oneOf(CALLS);
    if (!has(opcode)) {
      return;
    }
    code.push(values.memoryLength()).push(values.memoryOffset());
    code.push(values.memoryLength()).push(values.memoryOffset());
    if (opcode == Opcode.CALL || opcode == Opcode.CALLCODE) {
      code.push(values.chance(70) ? U256.ZERO : values.chance(80) ? U256.ONE : values.word());
    }
    target();
    gas();
    code.op(opcode);
  }

  private void gas() {
    switch (values.below(10)) {
      case 0 -> code.push(values.below(3000));
      case 1 -> code.push(2300);
      case 2 -> code.push(values.below(200_000));
      case 3 -> code.push(values.word());
      // Before EIP-150 asking for more than there is fails, so leave something behind.
      default -> code.push(30_000).op(Opcode.GAS).op(Opcode.SUB);
    }
  }

  private void precompile() {
    PrecompileInputs.Call call = precompileInputs.next();
    int offset = values.below(3) * U256.BYTES;
    code.store(call.input(), offset);
    code.push(values.chance(80) ? 64 : values.below(300)).push(values.below(64));
    code.push(call.input().length).push(offset);
    Opcode opcode = has(Opcode.STATICCALL) && values.chance(60) ? Opcode.STATICCALL : Opcode.CALL;
    if (opcode == Opcode.CALL) {
      code.push(values.chance(90) ? 0 : 1);
    }
    code.push(call.address());
    if (values.chance(15)) {
      code.push(values.below(60_000));
    } else {
      code.push(30_000).op(Opcode.GAS).op(Opcode.SUB);
    }
    code.op(opcode);
  }

  private void create() {
    byte[] initCode = initCode();
    int offset = values.below(3) * U256.BYTES;
    code.store(initCode, offset);
    boolean salted = has(Opcode.CREATE2) && values.chance(50);
    if (salted) {
      code.push(values.below(3));
    }
    code.push(initCode.length + (values.chance(10) ? values.below(64) : 0)).push(offset);
    code.push(values.chance(80) ? 0 : 1);
    code.op(salted ? Opcode.CREATE2 : Opcode.CREATE);
    if (values.chance(50)) { // and call what was made
      code.push(0).push(0).push(0).push(0).push(0);
      code.raw(Opcode.DUP1.code() + 5);
      code.atLeast(code.depth() + 1);
      code.push(50_000).op(Opcode.CALL);
    }
  }

  /** Code that returns a little code, or a short program of its own. */
  private byte[] initCode() {
    ProgramBuilder init = new ProgramBuilder();
    if (values.chance(30)) {
      for (int i = values.below(4); i >= 0; i--) {
        init.push(values.slotValue()).push(values.slot()).op(Opcode.SSTORE);
      }
    }
    byte[] deployed =
        values.oneOf(
            new byte[] {0x00},
            new byte[] {0x33, (byte) 0xff}, // CALLER SELFDESTRUCT
            new byte[] {0x60, 1, 0x54, 0x60, 1, 0x01, 0x60, 1, 0x55}, // counts in slot 1
            new byte[] {(byte) 0xef, 0x00},
            new byte[] {(byte) 0xef, 0x01, 0x00},
            new byte[] {(byte) 0xfe},
            values.bytes(values.below(30)));
    init.store(deployed, 0);
    switch (values.below(10)) {
      case 0 -> init.op(Opcode.STOP);
      case 1 -> init.push(deployed.length).push(0).op(Opcode.REVERT);
      case 2 -> init.raw(0xfe);
      case 3 -> init.op(Opcode.CALLER).op(Opcode.SELFDESTRUCT);
      case 4 -> init.push(values.oneOf(24_576, 24_577, 2000)).push(0).op(Opcode.RETURN);
      default -> init.push(deployed.length).push(0).op(Opcode.RETURN);
    }
    return init.bytes();
  }

  private void log() {
    int topics = values.below(5);
    for (int i = 0; i < topics; i++) {
      value();
    }
    code.push(values.memoryLength()).push(values.memoryOffset());
    code.raw(Opcode.LOG0.code() + topics);
    code.atLeast(code.depth() - 2 - topics);
  }

  private void branch(int nesting) {
    value();
    int target = code.pushTarget();
    code.op(Opcode.JUMPI);
    int before = code.depth();
    for (int i = values.below(4); i >= 0; i--) {
      statement(nesting + 1);
    }
    if (values.chance(10)) {
      end();
    }
    code.atLeast(Math.min(before, code.depth()));
    jumps.put(target, code.position() + (values.chance(2) ? 1 : 0));
    code.op(Opcode.JUMPDEST);
  }

  /** Counts down from a small number; the body leaves the stack as high as it found it. */
  private void loop(int nesting) {
    code.push(1 + values.below(12));
    int start = code.position();
    code.op(Opcode.JUMPDEST);
    int before = code.depth();
    for (int i = values.below(3); i >= 0; i--) {
      statement(nesting + 1);
    }
    while (code.depth() > before) {
      code.op(Opcode.POP);
    }
    while (code.depth() < before) {
      code.push(values.below(4));
    }
    code.push(1).raw(Opcode.SWAP1.code()).op(Opcode.SUB);
    code.raw(Opcode.DUP1.code()).atLeast(code.depth() + 1);
    jumps.put(code.pushTarget(), start);
    code.op(Opcode.JUMPI).op(Opcode.POP);
  }

  private void oddity() {
    switch (values.below(5)) {
      case 0 -> code.raw(values.below(256));
      case 1 -> code.push(values.word()).op(Opcode.JUMP);
      case 2 -> code.op(values.oneOf(Opcode.values()));
      case 3 -> {
        target();
        code.op(Opcode.SELFDESTRUCT);
      }
      default -> end();
    }
  }

  /** Shows what is on the stack, and stops in one of the ways there are. */
  private void end() {
    int shown = Math.min(STACK_ITEMS_SHOWN, code.depth());
    for (int i = 0; i < shown; i++) {
      code.push((long) i * U256.BYTES).op(Opcode.MSTORE);
    }
    switch (values.below(12)) {
      case 0 -> code.op(Opcode.STOP);
      case 1 -> emitEnd(Opcode.REVERT, shown);
      case 2 -> code.raw(0xfe);
      case 3 -> {
        target();
        code.op(Opcode.SELFDESTRUCT);
      }
      case 4 -> {
        code.push(values.memoryLength()).push(values.memoryOffset()).op(Opcode.RETURN);
      }
      default -> emitEnd(Opcode.RETURN, shown);
    }
  }

  private void emitEnd(Opcode opcode, int shown) {
    code.push((long) shown * U256.BYTES).push(0);
    code.op(has(opcode) ? opcode : Opcode.RETURN);
  }

  /** A few programs, the first the longest. */
  List<byte[]> programs(int count) {
    List<byte[]> programs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      programs.add(program(4 + values.below(i == 0 ? 50 : 25)));
    }
    return programs;
  }

  /** Init code for a transaction that creates: a program whose output becomes the code. */
  byte[] creation() {
    return values.chance(50) ? initCode() : program(15);
  }
}
