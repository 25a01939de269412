package io.mooring.evm.interpreter;

import static io.mooring.evm.interpreter.Opcode.*;

import io.mooring.evm.Fork;
import java.util.Arrays;

/**
 * What instructions cost in one fork; {@link #schedule} is the list of what each fork changed.
 *
 * <p>{@code base} is paid for every execution of an opcode; the named fees come on top where the
 * rule of the opcode says so.
 */
public final class GasSchedule {
  /** How SSTORE is priced; its rule is in {@link StorageRules}. */
  enum StorePricing {
    /** By whether the slot becomes or ceases to be zero. */
    PLAIN,
    /** By what the transaction found and what is there now (EIP-1283, EIP-2200). */
    NET
  }

  private static final GasSchedule[] BY_FORK = new GasSchedule[Fork.values().length];

  static {
    for (Fork fork : Fork.values()) {
      BY_FORK[fork.ordinal()] = schedule(fork);
    }
  }

  private final int[] base = new int[256];

  // Memory and copying
  static final int MEMORY_WORD = 3;
  static final int MEMORY_QUADRATIC_DIVISOR = 512;
  final int copyWord = 3;
  final int keccakWord = 6;
  final int logTopic = 375;
  final int logByte = 8;
  int expByte = 10;

  // Storage
  StorePricing storePricing = StorePricing.PLAIN;
  int storeSet = 20_000;
  int storeReset = 5_000;
  int storeClearRefund = 15_000;
  int storeWarm = 200;

  /** SSTORE fails where no more gas than this is left (EIP-2200); -1 where it does not look. */
  long storeSentry = -1;

  // Access (EIP-2929); before Berlin nothing is cold
  boolean accessIsPriced;
  int coldAccount;
  int coldSlot;
  int warmAccess;

  // Calls
  final int callValue = 9_000;
  final int callStipend = 2_300;
  final int callNewAccount = 25_000;
  boolean newAccountOnlyWithValue;

  /** Whether a caller keeps a 64th of its gas (EIP-150). */
  boolean keepsSixtyFourth;

  // Creation
  final int codeByte = 200;
  int initCodeWord;
  boolean createFailsWithoutDeposit;
  int newContractNonce;
  boolean codeSizeIsLimited;
  boolean initCodeSizeIsLimited;
  boolean refusesEf;

  // Self-destruction
  int selfDestructNewAccount;
  int selfDestructRefund = 24_000;
  boolean selfDestructOnlyIfCreatedNow;

  private GasSchedule() {}

  public static GasSchedule of(Fork fork) {
    return BY_FORK[fork.ordinal()];
  }

  /** What every execution of this opcode costs. */
  public int base(int opcode) {
    return base[opcode];
  }

  private static GasSchedule schedule(Fork fork) {
    GasSchedule at = new GasSchedule();

    // Frontier: the Yellow Paper's appendix G
    at.base(0, STOP, RETURN, REVERT, SSTORE, SELFDESTRUCT);
    at.base(1, JUMPDEST);
    at.base(2, ADDRESS, ORIGIN, CALLER, CALLVALUE, CALLDATASIZE, CODESIZE, GASPRICE, COINBASE);
    at.base(2, TIMESTAMP, NUMBER, PREVRANDAO, GASLIMIT, POP, PC, MSIZE, GAS, RETURNDATASIZE);
    at.base(2, CHAINID, BASEFEE, BLOBBASEFEE, PUSH0);
    at.base(3, ADD, SUB, NOT, LT, GT, SLT, SGT, EQ, ISZERO, AND, OR, XOR, BYTE, SHL, SHR, SAR);
    at.base(3, CALLDATALOAD, MLOAD, MSTORE, MSTORE8, CALLDATACOPY, CODECOPY, RETURNDATACOPY);
    at.base(3, MCOPY, BLOBHASH);
    at.range(3, PUSH1, PUSH32);
    at.range(3, DUP1, DUP16);
    at.range(3, SWAP1, SWAP16);
    at.base(5, MUL, DIV, SDIV, MOD, SMOD, SIGNEXTEND, SELFBALANCE, CLZ);
    at.base(8, ADDMOD, MULMOD, JUMP);
    at.base(10, JUMPI, EXP);
    at.base(20, BLOCKHASH, EXTCODESIZE, EXTCODECOPY, BALANCE);
    at.base(30, KECCAK256);
    at.base(40, CALL, CALLCODE, DELEGATECALL, STATICCALL);
    at.base(50, SLOAD);
    at.base(100, TLOAD, TSTORE);
    at.range(375, LOG0, LOG4);
    at.base(400, EXTCODEHASH);
    at.base(32_000, CREATE, CREATE2);

    if (fork.includes(Fork.HOMESTEAD)) {
      at.createFailsWithoutDeposit = true;
    }
    if (fork.includes(Fork.TANGERINE_WHISTLE)) { // EIP-150
      at.base(700, EXTCODESIZE, EXTCODECOPY, CALL, CALLCODE, DELEGATECALL, STATICCALL);
      at.base(400, BALANCE);
      at.base(200, SLOAD);
      at.base(5_000, SELFDESTRUCT);
      at.selfDestructNewAccount = 25_000;
      at.keepsSixtyFourth = true;
    }
    if (fork.includes(Fork.SPURIOUS_DRAGON)) { // EIP-160, 161, 170
      at.expByte = 50;
      at.newAccountOnlyWithValue = true;
      at.newContractNonce = 1;
      at.codeSizeIsLimited = true;
    }
    if (fork.includes(Fork.CONSTANTINOPLE)) { // EIP-1283
      at.storePricing = StorePricing.NET;
    }
    if (fork.includes(Fork.PETERSBURG)) { // EIP-1716
      at.storePricing = StorePricing.PLAIN;
    }
    if (fork.includes(Fork.ISTANBUL)) { // EIP-1884, 2200
      at.base(700, BALANCE, EXTCODEHASH);
      at.base(800, SLOAD);
      at.storePricing = StorePricing.NET;
      at.storeWarm = 800;
      at.storeSentry = 2_300;
    }
    if (fork.includes(Fork.BERLIN)) { // EIP-2929
      at.base(100, BALANCE, EXTCODESIZE, EXTCODECOPY, EXTCODEHASH, SLOAD);
      at.base(100, CALL, CALLCODE, DELEGATECALL, STATICCALL);
      at.accessIsPriced = true;
      at.warmAccess = 100;
      at.coldAccount = 2_600;
      at.coldSlot = 2_100;
      at.storeReset = 2_900;
      at.storeWarm = 100;
    }
    if (fork.includes(Fork.LONDON)) { // EIP-3529, 3541
      at.storeClearRefund = 4_800;
      at.selfDestructRefund = 0;
      at.refusesEf = true;
    }
    if (fork.includes(Fork.SHANGHAI)) { // EIP-3860
      at.initCodeWord = 2;
      at.initCodeSizeIsLimited = true;
    }
    if (fork.includes(Fork.CANCUN)) { // EIP-6780
      at.selfDestructOnlyIfCreatedNow = true;
    }
    return at;
  }

  private void base(int gas, Opcode... opcodes) {
    for (Opcode opcode : opcodes) {
      base[opcode.code()] = gas;
    }
  }

  private void range(int gas, Opcode first, Opcode last) {
    Arrays.fill(base, first.code(), last.code() + 1, gas);
  }
}
