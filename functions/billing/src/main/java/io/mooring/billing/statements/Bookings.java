package io.mooring.billing.statements;

import io.mooring.billing.Account;
import io.mooring.billing.Amount;
import io.mooring.billing.Charge;
import io.mooring.billing.Charged;
import io.mooring.billing.DayFold.Booked;
import io.mooring.billing.DayFold.Written;
import io.mooring.billing.Posting;
import io.mooring.billing.Tally;
import io.mooring.billing.credits.PostedJson;
import io.mooring.ledger.Hash;
import io.mooring.ledger.Salt;
import io.mooring.platform.LedgerId;
import io.mooring.platform.commit.Attempt;
import io.mooring.platform.commit.Bill;
import io.mooring.platform.commit.CarriedCommit;
import io.mooring.platform.commit.Commit;
import io.mooring.platform.commit.EscrowChange;
import io.mooring.platform.commit.KeptEntry;
import io.mooring.platform.commit.TamperedException;
import io.mooring.platform.json.JsonTree;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads out of a commit what it says about credits: its bill, and in a journal the postings that
 * its entries tell.
 */
public final class Bookings {
  static final String POSTED = "credits.posted";

  private Bookings() {}

  public static Booked of(LedgerId ledger, CarriedCommit carried) {
    Booked bill = ofBill(ledger, carried);
    if (!ledger.equals(LedgerId.journal(ledger.tenant()))) {
      return bill;
    }
    List<Written> postings = new ArrayList<>(bill.postings());
    postings.addAll(told(carried));
    return new Booked(bill.commit(), bill.timeMillis(), bill.charged(), postings);
  }

  /** What the record itself says, without what entries tell. */
  static Booked ofBill(LedgerId ledger, CarriedCommit carried) {
    Commit commit = carried.commit();
    List<Written> postings = new ArrayList<>();
    for (EscrowChange escrow : commit.bill().escrows()) {
      postings.addAll(spent(ledger, commit, escrow));
    }
    return new Booked(commit.number(), commit.timeMillis(), charged(carried), postings);
  }

  /** The tallies that a journal's entries tell. */
  public static List<Tally> tallies(CarriedCommit carried) {
    List<Tally> tallies = new ArrayList<>();
    List<KeptEntry> entries = carried.body().entries();
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).entry().type().equals(Tallies.CHARGED)) {
        byte[] said = content(entries.get(i), carried.commit().start() + i);
        tallies.add(TallyJson.read(JsonTree.parse(said)));
      }
    }
    return tallies;
  }

  private static List<Charged> charged(CarriedCommit carried) {
    List<Charged> charged = new ArrayList<>();
    Bill bill = carried.commit().bill();
    int at = 0;
    for (Attempt attempt : carried.body().manifest().attempts()) {
      if (!attempt.cost().isNone()) {
        long first = carried.commit().start() + at;
        String key =
            attempt.entries() == 0
                ? attempt.cost().spender()
                : carried.body().entries().get(at).entry().submission().keyId();
        charged.add(
            new Charged(
                key,
                first,
                first + attempt.entries(),
                attempt.cost().parts().stream()
                    .map(
                        part ->
                            new Charge(part.meter(), part.quantity(), part.units(), bill.prices()))
                    .toList()));
      }
      at += attempt.entries();
    }
    return charged;
  }

  /** As the escrow of a spender in a ledger is called in postings. */
  public static String account(LedgerId ledger, String spender) {
    return spender.isEmpty() ? ledger.value() : ledger.value() + "/" + spender;
  }

  /** What went from an escrow to the platform; what came and goes back, the journal tells. */
  private static List<Written> spent(LedgerId ledger, Commit commit, EscrowChange escrow) {
    List<Written> spent = new ArrayList<>();
    String spender = account(ledger, escrow.after().spender());
    Account from = Account.escrow(spender);
    post(
        spent,
        commit,
        escrow,
        Posting.Kind.CHARGE,
        from,
        Account.revenue(spender),
        escrow.charged());
    post(
        spent, commit, escrow, Posting.Kind.GRANT_EXPIRY, from, Account.PROMOTION, escrow.lapsed());
    return spent;
  }

  private static void post(
      List<Written> spent,
      Commit commit,
      EscrowChange escrow,
      Posting.Kind kind,
      Account from,
      Account to,
      long units) {
    if (units > 0) {
      String cause = from.detail() + "/" + commit.number();
      Amount amount = new Amount(escrow.after().asset(), units);
      spent.add(new Written(new Posting(cause, kind, from, to, amount, cause), commit.start()));
    }
  }

  /** What a journal's entries say was posted, but for what the ledgers' own commits say. */
  private static List<Written> told(CarriedCommit carried) {
    List<Written> told = new ArrayList<>();
    List<KeptEntry> entries = carried.body().entries();
    for (int i = 0; i < entries.size(); i++) {
      KeptEntry kept = entries.get(i);
      if (kept.entry().type().equals(POSTED)) {
        long index = carried.commit().start() + i;
        for (Posting posting : PostedJson.postings(JsonTree.parse(content(kept, index)))) {
          if (!isOfALedger(posting)) {
            told.add(new Written(posting, index));
          }
        }
      }
    }
    return told;
  }

  /** What the entry says, if it is what its leaf commits to. */
  private static byte[] content(KeptEntry kept, long index) {
    if (kept.about() instanceof KeptEntry.Here(Salt salt, byte[] content)
        && salt.commitTo(Hash.ofBytes(content)).equals(kept.entry().payload().hash())) {
      return content;
    }
    throw new TamperedException("entry " + index + " of a journal does not say its postings");
  }

  private static boolean isOfALedger(Posting posting) {
    return posting.from().kind() == Account.Kind.ESCROW
        && (posting.kind() == Posting.Kind.CHARGE || posting.kind() == Posting.Kind.GRANT_EXPIRY);
  }
}
