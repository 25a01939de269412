package io.mooring.platform.commit;

import io.mooring.billing.Asset;
import io.mooring.billing.Decline;
import io.mooring.billing.Deposit;
import io.mooring.billing.PriceList;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the sequencers of ledgers learn prices, and get credit from: a tenant's purse, by deposits
 * that are commits of its journal.
 */
public interface Funding {
  /** The prices of a tenant at a moment. */
  PriceList prices(TenantId tenant, long millis);

  /**
   * Whose escrow pays for what a key submits: empty for the ledger's own, else the key's, because
   * it has a cap.
   */
  String spender(LedgerId ledger, String submitter);

  /** The deposit of that number, if there is one. */
  Optional<Deposit> deposit(LedgerId ledger, String spender, Asset asset, long number);

  /**
   * Tries to make deposits that cover the needs. What is not covered was refused for the reason
   * that is given; an outcome that is not known is a need that is still there.
   */
  Funded fund(Committer committer, LedgerId ledger, List<Need> needs, Duration patience);

  /**
   * What an escrow lacks for the writes that wait.
   *
   * @param missing how many units
   * @param cost how many the writes cost together, with what the escrow has of them
   * @param transactions for how many transactions
   * @param counted the last deposit that was found and counted, and did not suffice
   * @param consumed the last deposit that a commit of the ledger has consumed
   * @param ahead whether the writes are still to come: nobody waits, and nobody is to be refused
   */
  record Need(
      String spender,
      Asset asset,
      long missing,
      long cost,
      int transactions,
      long counted,
      long consumed,
      boolean ahead) {
    /** What one of the transactions costs, rounded down; of many, some cost more. */
    public long costOfOne() {
      return cost / transactions;
    }
  }

  /** How an attempt at funding ended. */
  sealed interface Funded {
    /** Whatever could be deposited was. */
    record Done() implements Funded {}

    /** These needs are refused, for these reasons. */
    record Refused(Map<Need, Decline> reasons) implements Funded {
      public Refused {
        reasons = Map.copyOf(reasons);
      }

      Decline reason(String spender, Asset asset) {
        return reasons.entrySet().stream()
            .filter(reason -> reason.getKey().spender().equals(spender))
            .filter(reason -> reason.getKey().asset() == asset)
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(Decline.INSUFFICIENT_CREDIT);
      }
    }

    /** Not known, or not now. */
    record Unknown(String reason) implements Funded {}
  }
}
