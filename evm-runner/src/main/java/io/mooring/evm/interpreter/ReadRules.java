package io.mooring.evm.interpreter;

import io.mooring.evm.Address;
import io.mooring.evm.BlockContext;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.crypto.Keccak256;
import io.mooring.evm.state.Account;
import java.util.List;

/** What only reads: the surroundings of a frame, other accounts, and what has a price by size. */
final class ReadRules {
  private static final int BLOCK_HASHES = 256;

  private ReadRules() {}

  /** Opcodes without operands. */
  static void environment(Frame frame, int opcode, long[] s, int d) {
    Execution execution = frame.execution;
    BlockContext block = execution.environment.block();
    switch (opcode) {
      case Opcodes.ADDRESS -> set(s, d, frame.self.address());
      case Opcodes.ORIGIN -> set(s, d, execution.environment.transaction().origin());
      case Opcodes.CALLER -> set(s, d, frame.caller);
      case Opcodes.CALLVALUE -> frame.value.copyTo(s, d);
      case Opcodes.CALLDATASIZE -> Words.set(s, d, frame.input.length);
      case Opcodes.CODESIZE -> Words.set(s, d, frame.block.program.code().length);
      case Opcodes.GASPRICE -> execution.environment.transaction().gasPrice().copyTo(s, d);
      case Opcodes.RETURNDATASIZE -> Words.set(s, d, frame.returnData.length);
      case Opcodes.COINBASE -> set(s, d, block.coinbase());
      case Opcodes.TIMESTAMP -> Words.set(s, d, block.timestamp());
      case Opcodes.NUMBER -> Words.set(s, d, block.number());
      case Opcodes.PREVRANDAO -> block.difficulty().copyTo(s, d);
      case Opcodes.GASLIMIT -> Words.set(s, d, block.gasLimit());
      case Opcodes.CHAINID -> Words.set(s, d, block.chainId());
      case Opcodes.SELFBALANCE -> frame.self.balance().copyTo(s, d);
      case Opcodes.BASEFEE -> block.baseFee().copyTo(s, d);
      case Opcodes.BLOBBASEFEE -> block.blobBaseFee().copyTo(s, d);
      default -> throw new IllegalStateException("not of the environment: " + opcode);
    }
  }

  private static void set(long[] s, int d, Address address) {
    s[d] = address.low();
    s[d + 1] = address.middle();
    s[d + 2] = Integer.toUnsignedLong(address.high());
    s[d + 3] = 0;
  }

  static void blobHash(Frame frame, long[] s, int d, int a) {
    List<Hash> hashes = frame.execution.environment.transaction().blobHashes();
    long index = Words.saturated(s, a);
    U256 hash = index < hashes.size() ? hashes.get((int) index).word() : U256.ZERO;
    hash.copyTo(s, d);
  }

  /** Opcodes that cost more than their base; answers what gas is left, negative for a halt. */
  static long priced(Frame frame, int opcode, long gas, long[] s, int d, int a, int b) {
    return switch (opcode) {
      case Opcodes.KECCAK256 -> keccak(frame, gas, s, d, a, b);
      case Opcodes.EXP -> exp(frame, gas, s, d, a, b);
      case Opcodes.MSTORE8 -> storeByte(frame, gas, s, a, b);
      case Opcodes.SLOAD -> StorageRules.load(frame, gas, s, d, a);
      case Opcodes.BLOCKHASH -> {
        blockHash(frame, s, d, a);
        yield gas;
      }
      default -> account(frame, opcode, gas, s, d, a);
    };
  }

  private static long keccak(Frame frame, long gas, long[] s, int d, int a, int b) {
    long offset = Words.saturated(s, a);
    long length = Words.saturated(s, b);

    long left = frame.expand(gas, offset, length);
    if (left >= 0) {
      left = frame.charge(left, Execution.words(length) * frame.execution.gas.keccakWord);
    }
    if (left < 0) {
      return left;
    }

    Keccak256.hash(frame.memory, length == 0 ? 0 : (int) offset, (int) length, s, d);
    return left;
  }

  private static long exp(Frame frame, long gas, long[] s, int d, int a, int b) {
    long left = frame.charge(gas, (long) Words.byteLength(s, b) * frame.execution.gas.expByte);
    if (left >= 0) {
      Power.exp(s, d, a, b);
    }
    return left;
  }

  private static long storeByte(Frame frame, long gas, long[] s, int a, int b) {
    long offset = Words.saturated(s, a);
    long left = frame.expand(gas, offset, 1);
    if (left >= 0) {
      frame.memory[(int) offset] = (byte) s[b];
    }
    return left;
  }

  private static void blockHash(Frame frame, long[] s, int d, int a) {
    BlockContext block = frame.execution.environment.block();
    long number = s[a];
    boolean isKnown =
        (s[a + 1] | s[a + 2] | s[a + 3]) == 0
            && Long.compareUnsigned(number, block.number()) < 0
            && Long.compareUnsigned(block.number() - number, BLOCK_HASHES) <= 0;
    (isKnown ? block.hashes().hash(number).word() : U256.ZERO).copyTo(s, d);
  }

  private static long account(Frame frame, int opcode, long gas, long[] s, int d, int a) {
    Execution execution = frame.execution;
    Account account = execution.world.account(Frame.address(s, a));

    long left = gas;
    if (execution.isCold(account)) {
      left = frame.charge(gas, execution.gas.coldAccount - execution.gas.warmAccess);
      if (left < 0) {
        return left;
      }
    }

    switch (opcode) {
      case Opcodes.BALANCE -> account.balance().copyTo(s, d);
      case Opcodes.EXTCODESIZE -> Words.set(s, d, account.code().length());
      default -> (account.isDead() ? U256.ZERO : account.codeHash().word()).copyTo(s, d);
    }
    return left;
  }
}
