package io.mooring.contracts;

import io.mooring.platform.problem.Refusal;

/** Why something is refused that is asked of chains, in the order in which it is checked. */
public enum ContractRefusal implements Refusal {
  CHAIN_INVALID(
      "ChainInvalid",
      400,
      "The chain cannot begin like that",
      false,
      "Send alloc, chainId, fork, forks, gasLimit, baseFee and clockSeconds as"
          + " docs/reference/chains.md has them."),
  CHAIN_ID_TAKEN(
      "ChainIdTaken",
      409,
      "Another chain of this deployment has that chain id",
      false,
      "Choose another chainId, or leave it out and take the one that is given."),
  NOT_A_CHAIN("NotAChain", 409, "The ledger is not a chain", false, "Use a ledger of kind evm."),
  HELD_KEY_NOT_FOUND(
      "HeldKeyNotFound",
      404,
      "The platform holds no such key for the tenant",
      false,
      "Use one of the addresses that eth_accounts lists, or sign the transaction yourself."),
  ABI_INVALID(
      "AbiInvalid",
      400,
      "That is no ABI",
      false,
      "Send the abi that the compiler wrote, unchanged, as a JSON list."),
  CONTRACT_NOT_FOUND(
      "ContractNotFound",
      404,
      "No contract is described at that address",
      false,
      "GET the chain's contracts; POST address and abi there to describe one that tools made."),
  METHOD_NOT_FOUND(
      "MethodNotFound",
      404,
      "The contract has no such function",
      false,
      "GET the contract: it lists its methods by their signatures."),
  METHOD_AMBIGUOUS(
      "MethodAmbiguous",
      400,
      "Several functions have that name",
      false,
      "Name one of them by its whole signature, such as transfer(address,uint256)."),
  EVENT_NOT_FOUND(
      "EventNotFound",
      404,
      "The contract has no such event",
      false,
      "Name the address of a described contract and one of its events, or ask by topic0."),
  ARGUMENTS_INVALID(
      "ArgumentsInvalid",
      400,
      "The arguments are not what the function takes",
      false,
      "Send arguments as a list or by name; integers as decimal texts, bytes behind 0x."),
  VALUE_NOT_TAKEN(
      "ValueNotTaken",
      422,
      "The function takes no value",
      false,
      "Leave value out, or call a function that is payable."),
  STATE_NOT_KEPT(
      "StateNotKept",
      410,
      "The state after that block is not kept",
      false,
      "Name a block of the last stateHistoryBlocks, or none."),
  CONTRACT_REVERTED(
      "ContractReverted",
      422,
      "The contract refused",
      false,
      "The detail says why, and revert has it by the contract's ABI; nothing was changed."),
  CONTRACT_HALTED(
      "ContractHalted",
      422,
      "The contract's code failed",
      false,
      "Name more gas if it ran out of gas; otherwise the code is at fault."),
  RESULT_INVALID(
      "ResultInvalid",
      422,
      "What the contract gave is not what its ABI says",
      false,
      "Describe the contract by the ABI of its own source; data has the bytes."),
  CALL_TOO_HEAVY(
      "CallTooHeavy",
      422,
      "It was stopped by a bound of the platform",
      false,
      "Ask for less in one call; nothing was changed or charged."),
  SENDER_LACKS_FUNDS(
      "SenderLacksFunds",
      422,
      "The sender has less of the chain's coin than this takes",
      false,
      "Send it some, name another sender, or send no value."),
  TRANSACTION_INVALID("TransactionInvalid", 422, "No block of this chain may hold that", false, ""),
  TRANSACTION_VOID(
      "TransactionVoid",
      409,
      "The transaction is void",
      false,
      "Send it anew, with a new Idempotency-Key, and with a recent block where it names one."),
  POOL_FULL(
      "PoolFull",
      503,
      "Too many transactions wait for a block",
      true,
      "Send it again after the time in Retry-After."),
  TRANSACTION_NOT_FOUND(
      "TransactionNotFound",
      404,
      "There is no such transaction on the chain",
      false,
      "Look at the hash; a transaction that waits too long for a block is dropped.");

  private final Said said;

  ContractRefusal(String code, int status, String title, boolean retryable, String remedy) {
    this.said = new Said(code, status, title, retryable, remedy);
  }

  @Override
  public Said said() {
    return said;
  }
}
