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
      "Use one of the addresses that eth_accounts lists, or sign the transaction yourself.");

  private final String code;
  private final int status;
  private final String title;
  private final boolean retryable;
  private final String remedy;

  ContractRefusal(String code, int status, String title, boolean retryable, String remedy) {
    this.code = code;
    this.status = status;
    this.title = title;
    this.retryable = retryable;
    this.remedy = remedy;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public boolean retryable() {
    return retryable;
  }

  @Override
  public String remedy() {
    return remedy;
  }
}
