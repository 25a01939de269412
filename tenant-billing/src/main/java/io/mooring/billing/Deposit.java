package io.mooring.billing;

/**
 * Funds on their way from a purse into the escrow of one spender. Deposits of one spender are
 * numbered without gaps from 1, and each is consumed exactly once, by the commit that says so.
 */
public record Deposit(String spender, long number, Asset asset, Funds funds) {
  public Deposit {
    if (number < 1) {
      throw new IllegalArgumentException("deposits are numbered from 1: " + number);
    }
  }
}
