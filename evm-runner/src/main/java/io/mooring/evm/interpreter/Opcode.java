package io.mooring.evm.interpreter;

import io.mooring.evm.Fork;
import org.jspecify.annotations.Nullable;

/** The instructions: their byte, how many words they take and leave, and who introduced them. */
public enum Opcode {
  STOP(0x00, 0, 0, Fork.FRONTIER),
  ADD(0x01, 2, 1, Fork.FRONTIER),
  MUL(0x02, 2, 1, Fork.FRONTIER),
  SUB(0x03, 2, 1, Fork.FRONTIER),
  DIV(0x04, 2, 1, Fork.FRONTIER),
  SDIV(0x05, 2, 1, Fork.FRONTIER),
  MOD(0x06, 2, 1, Fork.FRONTIER),
  SMOD(0x07, 2, 1, Fork.FRONTIER),
  ADDMOD(0x08, 3, 1, Fork.FRONTIER),
  MULMOD(0x09, 3, 1, Fork.FRONTIER),
  EXP(0x0a, 2, 1, Fork.FRONTIER),
  SIGNEXTEND(0x0b, 2, 1, Fork.FRONTIER),
  LT(0x10, 2, 1, Fork.FRONTIER),
  GT(0x11, 2, 1, Fork.FRONTIER),
  SLT(0x12, 2, 1, Fork.FRONTIER),
  SGT(0x13, 2, 1, Fork.FRONTIER),
  EQ(0x14, 2, 1, Fork.FRONTIER),
  ISZERO(0x15, 1, 1, Fork.FRONTIER),
  AND(0x16, 2, 1, Fork.FRONTIER),
  OR(0x17, 2, 1, Fork.FRONTIER),
  XOR(0x18, 2, 1, Fork.FRONTIER),
  NOT(0x19, 1, 1, Fork.FRONTIER),
  BYTE(0x1a, 2, 1, Fork.FRONTIER),
  SHL(0x1b, 2, 1, Fork.CONSTANTINOPLE),
  SHR(0x1c, 2, 1, Fork.CONSTANTINOPLE),
  SAR(0x1d, 2, 1, Fork.CONSTANTINOPLE),
  CLZ(0x1e, 1, 1, Fork.OSAKA),
  KECCAK256(0x20, 2, 1, Fork.FRONTIER),
  ADDRESS(0x30, 0, 1, Fork.FRONTIER),
  BALANCE(0x31, 1, 1, Fork.FRONTIER),
  ORIGIN(0x32, 0, 1, Fork.FRONTIER),
  CALLER(0x33, 0, 1, Fork.FRONTIER),
  CALLVALUE(0x34, 0, 1, Fork.FRONTIER),
  CALLDATALOAD(0x35, 1, 1, Fork.FRONTIER),
  CALLDATASIZE(0x36, 0, 1, Fork.FRONTIER),
  CALLDATACOPY(0x37, 3, 0, Fork.FRONTIER),
  CODESIZE(0x38, 0, 1, Fork.FRONTIER),
  CODECOPY(0x39, 3, 0, Fork.FRONTIER),
  GASPRICE(0x3a, 0, 1, Fork.FRONTIER),
  EXTCODESIZE(0x3b, 1, 1, Fork.FRONTIER),
  EXTCODECOPY(0x3c, 4, 0, Fork.FRONTIER),
  RETURNDATASIZE(0x3d, 0, 1, Fork.BYZANTIUM),
  RETURNDATACOPY(0x3e, 3, 0, Fork.BYZANTIUM),
  EXTCODEHASH(0x3f, 1, 1, Fork.CONSTANTINOPLE),
  BLOCKHASH(0x40, 1, 1, Fork.FRONTIER),
  COINBASE(0x41, 0, 1, Fork.FRONTIER),
  TIMESTAMP(0x42, 0, 1, Fork.FRONTIER),
  NUMBER(0x43, 0, 1, Fork.FRONTIER),
  PREVRANDAO(0x44, 0, 1, Fork.FRONTIER),
  GASLIMIT(0x45, 0, 1, Fork.FRONTIER),
  CHAINID(0x46, 0, 1, Fork.ISTANBUL),
  SELFBALANCE(0x47, 0, 1, Fork.ISTANBUL),
  BASEFEE(0x48, 0, 1, Fork.LONDON),
  BLOBHASH(0x49, 1, 1, Fork.CANCUN),
  BLOBBASEFEE(0x4a, 0, 1, Fork.CANCUN),
  POP(0x50, 1, 0, Fork.FRONTIER),
  MLOAD(0x51, 1, 1, Fork.FRONTIER),
  MSTORE(0x52, 2, 0, Fork.FRONTIER),
  MSTORE8(0x53, 2, 0, Fork.FRONTIER),
  SLOAD(0x54, 1, 1, Fork.FRONTIER),
  SSTORE(0x55, 2, 0, Fork.FRONTIER),
  JUMP(0x56, 1, 0, Fork.FRONTIER),
  JUMPI(0x57, 2, 0, Fork.FRONTIER),
  PC(0x58, 0, 1, Fork.FRONTIER),
  MSIZE(0x59, 0, 1, Fork.FRONTIER),
  GAS(0x5a, 0, 1, Fork.FRONTIER),
  JUMPDEST(0x5b, 0, 0, Fork.FRONTIER),
  TLOAD(0x5c, 1, 1, Fork.CANCUN),
  TSTORE(0x5d, 2, 0, Fork.CANCUN),
  MCOPY(0x5e, 3, 0, Fork.CANCUN),
  PUSH0(0x5f, 0, 1, Fork.SHANGHAI),
  PUSH1(0x60, 0, 1, Fork.FRONTIER),
  PUSH2(0x61, 0, 1, Fork.FRONTIER),
  PUSH3(0x62, 0, 1, Fork.FRONTIER),
  PUSH4(0x63, 0, 1, Fork.FRONTIER),
  PUSH5(0x64, 0, 1, Fork.FRONTIER),
  PUSH6(0x65, 0, 1, Fork.FRONTIER),
  PUSH7(0x66, 0, 1, Fork.FRONTIER),
  PUSH8(0x67, 0, 1, Fork.FRONTIER),
  PUSH9(0x68, 0, 1, Fork.FRONTIER),
  PUSH10(0x69, 0, 1, Fork.FRONTIER),
  PUSH11(0x6a, 0, 1, Fork.FRONTIER),
  PUSH12(0x6b, 0, 1, Fork.FRONTIER),
  PUSH13(0x6c, 0, 1, Fork.FRONTIER),
  PUSH14(0x6d, 0, 1, Fork.FRONTIER),
  PUSH15(0x6e, 0, 1, Fork.FRONTIER),
  PUSH16(0x6f, 0, 1, Fork.FRONTIER),
  PUSH17(0x70, 0, 1, Fork.FRONTIER),
  PUSH18(0x71, 0, 1, Fork.FRONTIER),
  PUSH19(0x72, 0, 1, Fork.FRONTIER),
  PUSH20(0x73, 0, 1, Fork.FRONTIER),
  PUSH21(0x74, 0, 1, Fork.FRONTIER),
  PUSH22(0x75, 0, 1, Fork.FRONTIER),
  PUSH23(0x76, 0, 1, Fork.FRONTIER),
  PUSH24(0x77, 0, 1, Fork.FRONTIER),
  PUSH25(0x78, 0, 1, Fork.FRONTIER),
  PUSH26(0x79, 0, 1, Fork.FRONTIER),
  PUSH27(0x7a, 0, 1, Fork.FRONTIER),
  PUSH28(0x7b, 0, 1, Fork.FRONTIER),
  PUSH29(0x7c, 0, 1, Fork.FRONTIER),
  PUSH30(0x7d, 0, 1, Fork.FRONTIER),
  PUSH31(0x7e, 0, 1, Fork.FRONTIER),
  PUSH32(0x7f, 0, 1, Fork.FRONTIER),
  DUP1(0x80, 1, 2, Fork.FRONTIER),
  DUP2(0x81, 2, 3, Fork.FRONTIER),
  DUP3(0x82, 3, 4, Fork.FRONTIER),
  DUP4(0x83, 4, 5, Fork.FRONTIER),
  DUP5(0x84, 5, 6, Fork.FRONTIER),
  DUP6(0x85, 6, 7, Fork.FRONTIER),
  DUP7(0x86, 7, 8, Fork.FRONTIER),
  DUP8(0x87, 8, 9, Fork.FRONTIER),
  DUP9(0x88, 9, 10, Fork.FRONTIER),
  DUP10(0x89, 10, 11, Fork.FRONTIER),
  DUP11(0x8a, 11, 12, Fork.FRONTIER),
  DUP12(0x8b, 12, 13, Fork.FRONTIER),
  DUP13(0x8c, 13, 14, Fork.FRONTIER),
  DUP14(0x8d, 14, 15, Fork.FRONTIER),
  DUP15(0x8e, 15, 16, Fork.FRONTIER),
  DUP16(0x8f, 16, 17, Fork.FRONTIER),
  SWAP1(0x90, 2, 2, Fork.FRONTIER),
  SWAP2(0x91, 3, 3, Fork.FRONTIER),
  SWAP3(0x92, 4, 4, Fork.FRONTIER),
  SWAP4(0x93, 5, 5, Fork.FRONTIER),
  SWAP5(0x94, 6, 6, Fork.FRONTIER),
  SWAP6(0x95, 7, 7, Fork.FRONTIER),
  SWAP7(0x96, 8, 8, Fork.FRONTIER),
  SWAP8(0x97, 9, 9, Fork.FRONTIER),
  SWAP9(0x98, 10, 10, Fork.FRONTIER),
  SWAP10(0x99, 11, 11, Fork.FRONTIER),
  SWAP11(0x9a, 12, 12, Fork.FRONTIER),
  SWAP12(0x9b, 13, 13, Fork.FRONTIER),
  SWAP13(0x9c, 14, 14, Fork.FRONTIER),
  SWAP14(0x9d, 15, 15, Fork.FRONTIER),
  SWAP15(0x9e, 16, 16, Fork.FRONTIER),
  SWAP16(0x9f, 17, 17, Fork.FRONTIER),
  LOG0(0xa0, 2, 0, Fork.FRONTIER),
  LOG1(0xa1, 3, 0, Fork.FRONTIER),
  LOG2(0xa2, 4, 0, Fork.FRONTIER),
  LOG3(0xa3, 5, 0, Fork.FRONTIER),
  LOG4(0xa4, 6, 0, Fork.FRONTIER),
  CREATE(0xf0, 3, 1, Fork.FRONTIER),
  CALL(0xf1, 7, 1, Fork.FRONTIER),
  CALLCODE(0xf2, 7, 1, Fork.FRONTIER),
  RETURN(0xf3, 2, 0, Fork.FRONTIER),
  DELEGATECALL(0xf4, 6, 1, Fork.HOMESTEAD),
  CREATE2(0xf5, 4, 1, Fork.CONSTANTINOPLE),
  STATICCALL(0xfa, 6, 1, Fork.BYZANTIUM),
  REVERT(0xfd, 2, 0, Fork.BYZANTIUM),
  SELFDESTRUCT(0xff, 1, 0, Fork.FRONTIER);

  private static final @Nullable Opcode[] BY_CODE = new @Nullable Opcode[256];

  static {
    for (Opcode opcode : values()) {
      BY_CODE[opcode.code] = opcode;
    }
  }

  private final int code;
  private final int pops;
  private final int pushes;
  private final Fork since;

  Opcode(int code, int pops, int pushes, Fork since) {
    this.code = code;
    this.pops = pops;
    this.pushes = pushes;
    this.since = since;
  }

  /** The instruction with this byte in this fork, or null where there is none. */
  public static @Nullable Opcode of(int code, Fork fork) {
    Opcode opcode = BY_CODE[code];
    return opcode == null || !fork.includes(opcode.since) ? null : opcode;
  }

  /** The name traces show; a byte that is no instruction is shown as itself. */
  public static String name(int code) {
    Opcode opcode = BY_CODE[code];
    return opcode == null
        ? "opcode 0x" + Integer.toHexString(code) + " not defined"
        : opcode.name();
  }

  public int code() {
    return code;
  }

  public int pops() {
    return pops;
  }

  public int pushes() {
    return pushes;
  }

  /** How many bytes after the opcode are its immediate. */
  public int immediateBytes() {
    return code >= PUSH1.code && code <= PUSH32.code ? code - PUSH0.code : 0;
  }
}
