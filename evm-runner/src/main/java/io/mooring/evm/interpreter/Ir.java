package io.mooring.evm.interpreter;

/**
 * The instructions that blocks are made of.
 *
 * <p>One is a long of four 16-bit fields: what to do, where the result goes, and two operands,
 * these three as distances in limbs from the top of the stack at the block's entry. Some are
 * followed by longs of constants. An instruction with an EVM opcode's number does what the opcode
 * does; the numbers of PUSH, DUP and SWAP, which no block contains, are used for what fusing makes.
 */
final class Ir {
  /** Writes the constant in the next long. */
  static final int SET = 0x60;

  /** Writes the constant in the next four longs, the least significant first. */
  static final int SET_WIDE = 0x61;

  static final int MOVE = 0x62;

  // With the second operand a constant below 2^64 in the next long.
  static final int ADD_K = 0x63;
  static final int SUB_K = 0x64;
  static final int MUL_K = 0x65;
  static final int AND_K = 0x66;
  static final int EQ_K = 0x67;
  static final int LT_K = 0x68;
  static final int GT_K = 0x69;
  static final int SLT_K = 0x6a;
  static final int SGT_K = 0x6b;

  // With the shift, or the offset in memory, in the next long.
  static final int SHL_K = 0x6c;
  static final int SHR_K = 0x6d;
  static final int SAR_K = 0x6e;
  static final int MLOAD_K = 0x6f;
  static final int MSTORE_K = 0x70;

  /** And with the mask in the next four longs. */
  static final int AND_WIDE = 0x71;

  /** A value of the environment; the opcode that asks for it is the first operand. */
  static final int ENVIRONMENT = 0x72;

  // Ends of blocks. The result field is how far the stack moves.
  static final int NEXT = 0x78;
  static final int JUMP_TO = 0x79;
  static final int IF = 0x7a;
  static final int IF_NOT = 0x7b;
  static final int IF_LT = 0x7c;
  static final int IF_NOT_LT = 0x7d;
  static final int IF_SLT = 0x7e;
  static final int IF_NOT_SLT = 0x7f;
  static final int IF_EQ = 0x80;
  static final int IF_NOT_EQ = 0x81;
  static final int IF_LT_K = 0x82;
  static final int IF_NOT_LT_K = 0x83;
  static final int IF_GT_K = 0x84;
  static final int IF_NOT_GT_K = 0x85;
  static final int IF_SLT_K = 0x86;
  static final int IF_NOT_SLT_K = 0x87;
  static final int IF_SGT_K = 0x88;
  static final int IF_NOT_SGT_K = 0x89;
  static final int IF_EQ_K = 0x8a;
  static final int IF_NOT_EQ_K = 0x8b;

  private static final int FIELD_BITS = 16;
  private static final long FIELD = 0xffff;

  private Ir() {}

  /** The end of a block that makes this comparison itself, or {@link #IF}. */
  static int branchOn(int comparison) {
    return switch (comparison) {
      case Opcodes.LT -> IF_LT;
      case Opcodes.SLT -> IF_SLT;
      case Opcodes.EQ -> IF_EQ;
      case LT_K -> IF_LT_K;
      case GT_K -> IF_GT_K;
      case SLT_K -> IF_SLT_K;
      case SGT_K -> IF_SGT_K;
      case EQ_K -> IF_EQ_K;
      default -> IF;
    };
  }

  /** Whether the first operand is a constant that follows the instruction. */
  static boolean inlinesFirst(int instruction) {
    return instruction == MLOAD_K || instruction == MSTORE_K;
  }

  /** Whether the second operand is a constant that follows the instruction. */
  static boolean inlinesSecond(int instruction) {
    return (instruction >= ADD_K && instruction <= SAR_K)
        || instruction == AND_WIDE
        || (instruction >= IF_LT_K && instruction <= IF_NOT_EQ_K);
  }

  /** Whether the instruction only reads what surrounds the frame. */
  static boolean isEnvironment(int opcode) {
    return switch (opcode) {
      case Opcodes.ADDRESS, Opcodes.ORIGIN, Opcodes.CALLER, Opcodes.CALLVALUE -> true;
      case Opcodes.CALLDATASIZE, Opcodes.CODESIZE, Opcodes.GASPRICE -> true;
      case Opcodes.RETURNDATASIZE, Opcodes.COINBASE, Opcodes.TIMESTAMP, Opcodes.NUMBER -> true;
      case Opcodes.PREVRANDAO, Opcodes.GASLIMIT, Opcodes.CHAINID, Opcodes.SELFBALANCE -> true;
      case Opcodes.BASEFEE, Opcodes.BLOBBASEFEE -> true;
      default -> false;
    };
  }

  static long encode(int instruction, int result, int first, int second) {
    return instruction
        | (result & FIELD) << FIELD_BITS
        | (first & FIELD) << 2 * FIELD_BITS
        | (second & FIELD) << 3 * FIELD_BITS;
  }

  static int instruction(long encoded) {
    return (int) encoded & 0xff;
  }

  static int result(long encoded) {
    return (short) (encoded >> FIELD_BITS);
  }

  static int first(long encoded) {
    return (short) (encoded >> 2 * FIELD_BITS);
  }

  static int second(long encoded) {
    return (int) (encoded >> 3 * FIELD_BITS);
  }
}
