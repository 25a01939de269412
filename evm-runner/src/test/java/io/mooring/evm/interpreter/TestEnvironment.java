package io.mooring.evm.interpreter;

import io.mooring.evm.Address;
import io.mooring.evm.BlockContext;
import io.mooring.evm.Environment;
import io.mooring.evm.Fork;
import io.mooring.evm.Limits;
import io.mooring.evm.TransactionContext;
import io.mooring.evm.U256;
import io.mooring.evm.state.Code;
import io.mooring.evm.state.MemoryState;
import java.util.HexFormat;
import java.util.List;

/** A caller with money, one contract, and a block around them. */
final class TestEnvironment {
  static final Address CALLER = new Address(1, 2, 0x1000);
  static final Address CONTRACT = new Address(1, 2, 0x2000);

  private TestEnvironment() {}

  static Environment of(Fork fork, Limits limits) {
    BlockContext block =
        new BlockContext(
            7,
            1_000,
            30_000_000,
            Address.ZERO,
            U256.of(5),
            U256.of(6),
            U256.ONE,
            1,
            BlockContext.BlockHashes.NONE);
    return new Environment(
        fork, block, new TransactionContext(CALLER, U256.of(9), List.of()), limits);
  }

  static MemoryState withContract(byte[] code) {
    return new MemoryState()
        .put(CALLER, 1, U256.of(1L << 60), Code.NONE)
        .put(CONTRACT, 1, U256.of(1_000), Code.of(code))
        .putStorage(CONTRACT, U256.ONE, U256.of(77));
  }

  static byte[] code(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
