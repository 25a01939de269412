package io.mooring.contracts.simulation;

import io.mooring.evm.Address;
import io.mooring.evm.Fork;
import io.mooring.evm.block.BlockExecution;
import io.mooring.evm.block.Requests;
import io.mooring.evm.transaction.TransactionRules;
import java.util.List;

/** The contracts that a block asks since Prague for what the consensus layer shall do. */
final class SystemContracts {
  private static final List<Address> ASKED =
      List.of(
          Address.fromHex("00000961ef480eb55e80d19ad83579a64c007002"),
          Address.fromHex("0000bbddc7ce488642fb579f8b00f3a590007251"));

  private SystemContracts() {}

  /** Nothing where the chain has no such contracts, as ours have none. */
  static Requests requests(
      BlockExecution execution, TransactionRules rules, Address depositContract) {
    boolean there = ASKED.stream().noneMatch(address -> execution.state().code(address).isEmpty());
    return there && rules.fork().includes(Fork.PRAGUE)
        ? execution.requests(depositContract)
        : Requests.NONE;
  }
}
