package io.mooring.billing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Compares what is stored with what the whole history of postings adds up to. */
public final class Reconciliation {
  /** One thing that does not add up. */
  public record Mismatch(Asset asset, String what, long stored, long replayed) {}

  /** Everything that differs, for one tenant; empty when all adds up. */
  public static List<Mismatch> of(
      Collection<Purse> purses, Collection<Escrow> escrows, Collection<Posting> postings) {
    Balances replayed = Balances.of(postings);
    List<Mismatch> mismatches = new ArrayList<>();
    for (Purse purse : purses) {
      Asset asset = purse.asset();
      compare(mismatches, replayed, asset, Account.PREPAID, purse.available().bought());
      compare(mismatches, replayed, asset, Account.PROMO, purse.available().granted());
      compare(mismatches, replayed, asset, Account.HELD, purse.held());
      compare(mismatches, replayed, asset, Account.RECEIVABLE, -purse.debt());
      if (replayed.total(asset) != 0) {
        mismatches.add(new Mismatch(asset, "all accounts", 0, replayed.total(asset)));
      }
    }
    for (Escrow escrow : escrows) {
      compare(
          mismatches,
          replayed,
          escrow.asset(),
          Account.escrow(escrow.spender()),
          escrow.funds().total());
    }
    return mismatches;
  }

  private static void compare(
      List<Mismatch> mismatches, Balances replayed, Asset asset, Account account, long stored) {
    long sum = replayed.of(asset, account);
    if (sum != stored) {
      mismatches.add(new Mismatch(asset, account.toString(), stored, sum));
    }
  }

  private Reconciliation() {}
}
