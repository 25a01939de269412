package io.mooring.bench.fuzz;

import io.mooring.evm.Address;
import io.mooring.evm.BlockContext;
import io.mooring.evm.Fork;
import io.mooring.evm.state.MemoryState;
import io.mooring.evm.transaction.Transaction;
import io.mooring.evm.transaction.TransactionRules;

/** A state, a block and a transaction, all made from one seed. */
record FuzzCase(
    long seed,
    Fork fork,
    MemoryState before,
    BlockContext block,
    long excessBlobGas,
    TransactionRules rules,
    Transaction transaction,
    Address sender,
    byte[] secretKey) {
  String name() {
    return "seed-" + seed;
  }
}
