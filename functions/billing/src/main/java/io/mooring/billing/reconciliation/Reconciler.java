package io.mooring.billing.reconciliation;

import io.mooring.billing.Account;
import io.mooring.billing.Asset;
import io.mooring.billing.Funds;
import io.mooring.billing.Grant;
import io.mooring.billing.Purse;
import io.mooring.billing.Reconciliation.Mismatch;
import io.mooring.billing.Words;
import io.mooring.billing.credits.Asked;
import io.mooring.billing.credits.Credits;
import io.mooring.billing.credits.Returns;
import io.mooring.billing.credits.Settled;
import io.mooring.billing.credits.StoredPurses;
import io.mooring.billing.statements.Bookings;
import io.mooring.billing.statements.Ledgers;
import io.mooring.ledger.Hash;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.commit.Bill;
import io.mooring.platform.commit.Commit;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.EscrowChange;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.TamperedException;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Replays all postings of a tenant from its log and compares them with what is stored: its purses,
 * and what its ledgers say that they consumed. Nothing that is derived is asked. What does not add
 * up freezes the tenant's credits, by an entry of its journal that holds the evidence.
 */
public final class Reconciler {
  /** How long a ledger may take to give back what it holds. */
  static final Duration RECALL_PATIENCE = Duration.ofSeconds(5);

  private static final String SUBMITTER = "reconciliation";

  /** The grant that stands for given credits of which the log does not say when they lapse. */
  private static final String REPLAYED = "replayed";

  /** How much of the evidence goes into the entry; a report has all of it. */
  private static final int EVIDENCE_CHARACTERS_MAX = 2_000;

  private final Commits commits;
  private final Returns returns;
  private final Table table;
  private final Ledgers ledgers;
  private final Committer committer;
  private final Credits credits;

  public Reconciler(
      CommitStore store, Blobs blobs, Table table, Committer committer, Credits credits) {
    this.commits = new Commits(store, blobs);
    this.returns = new Returns(commits);
    this.table = table;
    this.ledgers = new Ledgers(table);
    this.committer = committer;
    this.credits = credits;
  }

  /** Compares, and changes nothing. */
  public Report compare(TenantId tenant) {
    LedgerId journal = LedgerId.journal(tenant);
    var replay = new Replay(commits, journal);
    replay.to(StoredPurses.read(table, tenant).commit());
    Map<LedgerId, Bill> bills = bills(tenant, replay);
    // Read after the bills, so that it knows every deposit that they consumed; and its version is
    // the commit that stored it, so that both sides are of one moment.
    StoredPurses stored = StoredPurses.read(table, tenant);
    if (stored.commit() == 0) {
      replay.to(commits.tip(journal).map(Commit::number).orElse(0L));
      stored = StoredPurses.read(table, tenant);
      if (stored.commit() > 0) {
        return compare(tenant); // they were made while we looked
      }
    }
    replay.to(stored.commit());

    List<Mismatch> mismatches = new ArrayList<>(replay.mismatches());
    for (Asset asset : Asset.values()) {
      Purse purse = stored.purses().of(asset);
      compare(mismatches, replay, asset, Account.Kind.PREPAID, purse.available().bought());
      compare(mismatches, replay, asset, Account.Kind.PROMO, purse.available().granted());
      compare(mismatches, replay, asset, Account.Kind.HELD, purse.held());
      compare(mismatches, replay, asset, Account.Kind.RECEIVABLE, -purse.debt());
    }
    for (Map.Entry<LedgerId, Bill> bill : bills.entrySet()) {
      for (EscrowChange escrow : bill.getValue().escrows()) {
        compare(mismatches, replay, bill.getKey(), escrow);
      }
    }
    replay
        .told()
        .forEach((ledger, told) -> compare(mismatches, new LedgerId(tenant, ledger), told));
    return new Report(tenant, replay.commit(), replay.postings(), mismatches);
  }

  /** Compares, and freezes what does not add up, or cannot even be read. */
  public Report reconcile(TenantId tenant) {
    Optional<Item> unreadable = StoredPurses.unreadable(table, tenant);
    if (unreadable.isPresent()) {
      return replace(tenant, unreadable.get());
    }
    Report report = compare(tenant);
    for (Asset asset : Asset.values()) {
      List<Mismatch> found =
          report.mismatches().stream().filter(mismatch -> mismatch.asset() == asset).toList();
      boolean frozen = StoredPurses.read(table, tenant).purses().of(asset).frozen();
      if (!found.isEmpty() && !frozen) {
        freeze(tenant, asset, evidence(report, found));
      }
      if (!found.isEmpty()) {
        recall(tenant, asset);
      }
    }
    return report;
  }

  /**
   * Nothing can be frozen in purses that nobody can read: those that the log tells of take their
   * place, frozen. Given credits are then one grant that does not lapse by itself, because when
   * they would have was only said there.
   */
  private Report replace(TenantId tenant, Item unreadable) {
    var replay = new Replay(commits, LedgerId.journal(tenant));
    replay.to(unreadable.version());
    List<Purse> purses = new ArrayList<>();
    List<Mismatch> found = new ArrayList<>();
    for (Asset asset : Asset.values()) {
      long granted = replay.standing().of(asset, Account.Kind.PROMO);
      var funds =
          new Funds(
              replay.standing().of(asset, Account.Kind.PREPAID),
              granted == 0 ? List.of() : List.of(new Grant(REPLAYED, granted, 0, Long.MAX_VALUE)));
      purses.add(
          new Purse(
              asset,
              funds,
              replay.standing().of(asset, Account.Kind.HELD),
              -replay.standing().of(asset, Account.Kind.RECEIVABLE),
              true));
      found.add(new Mismatch(asset, "a purse that cannot be read", 0, funds.total()));
    }
    var report = new Report(tenant, replay.commit(), replay.postings(), found);
    byte[] body = unreadable.body();
    String evidence =
        "the purses' item is %d bytes with SHA-256 %s that cannot be read, of commit %d"
            .formatted(body.length, Hash.ofBytes(body), unreadable.version());
    Outcome outcome = credits.replaceFrozen(tenant, unreadable, purses, SUBMITTER, evidence);
    if (!(outcome instanceof Outcome.Won)) {
      throw unknown();
    }
    for (Asset asset : Asset.values()) {
      recall(tenant, asset);
    }
    return report;
  }

  /**
   * Calls back what ledgers hold, or they would go on spending it. One that cannot give it back now
   * is asked again by the next round.
   */
  private void recall(TenantId tenant, Asset asset) {
    for (LedgerId ledger : ledgers.of(tenant)) {
      boolean holds =
          commits.tip(ledger).map(Commit::bill).orElse(Bill.NONE).escrows().stream()
              .map(EscrowChange::after)
              .anyMatch(escrow -> escrow.asset() == asset && escrow.funds().total() > 0);
      if (holds) {
        committer.release(ledger, RECALL_PATIENCE);
      }
    }
  }

  /** Lets a tenant spend again; {@code why} stays in its journal. */
  public Settled<Purse> unfreeze(Asked<Purse> asked, TenantId tenant, Asset asset, String why) {
    return credits.freeze(asked, tenant, asset, false, why);
  }

  private void freeze(TenantId tenant, Asset asset, String why) {
    Settled<Purse> settled = credits.freeze(Asked.by(SUBMITTER), tenant, asset, true, why);
    if (!(settled instanceof Settled.Done<Purse>)) {
      throw unknown();
    }
  }

  private static RefusedException unknown() {
    return new RefusedException(
        PlatformRefusal.OUTCOME_UNKNOWN, "the tenant's journal does not take the entry now");
  }

  private static String evidence(Report report, List<Mismatch> found) {
    String all =
        found.stream()
            .map(
                mismatch ->
                    "%s is %d, but replayed %d"
                        .formatted(mismatch.what(), mismatch.stored(), mismatch.replayed()))
            .collect(Collectors.joining("; ", "at commit " + report.commit() + ": ", ""));
    return all.substring(0, Math.min(all.length(), EVIDENCE_CHARACTERS_MAX));
  }

  private Map<LedgerId, Bill> bills(TenantId tenant, Replay replay) {
    Map<LedgerId, Bill> bills = new TreeMap<>(java.util.Comparator.comparing(LedgerId::value));
    for (String name : replay.ledgers()) {
      var ledger = new LedgerId(tenant, name);
      bills.put(ledger, commits.tip(ledger).map(Commit::bill).orElse(Bill.NONE));
    }
    return bills;
  }

  private static void compare(
      List<Mismatch> mismatches, Replay replay, Asset asset, Account.Kind kind, long stored) {
    compare(mismatches, asset, Words.of(kind), stored, replay.standing().of(asset, kind));
  }

  private static void compare(
      List<Mismatch> mismatches, Asset asset, String what, long stored, long replayed) {
    if (replayed != stored) {
      mismatches.add(new Mismatch(asset, what, stored, replayed));
    }
  }

  /** All that an escrow consumed is what the journal deposited with it, deposit by deposit. */
  private void compare(
      List<Mismatch> mismatches, Replay replay, LedgerId ledger, EscrowChange escrow) {
    Asset asset = escrow.after().asset();
    String account = Bookings.account(ledger, escrow.after().spender());
    long went = Math.addExact(escrow.spentEver(), escrow.lapsedEver());
    long consumed =
        Math.addExact(
            Math.addExact(went, escrow.after().funds().total()),
            returns.since(ledger, escrow, 0).total());
    long deposited =
        replay.deposited(new Replay.Escrow(account, asset), escrow.after().lastDeposit());
    compare(mismatches, asset, "escrow:" + account, consumed, deposited);
  }

  /** What was told of a ledger is what its record says that it ever spent. */
  private void compare(List<Mismatch> mismatches, LedgerId ledger, Told told) {
    Bill bill =
        commits
            .read(ledger, told.lastCommit())
            .map(Commit::bill)
            .orElseThrow(() -> new TamperedException("a commit that was told is gone"));
    for (Asset asset : Asset.values()) {
      long spent = 0;
      long lapsed = 0;
      for (EscrowChange escrow : bill.escrows()) {
        if (escrow.after().asset() == asset) {
          spent = Math.addExact(spent, escrow.spentEver());
          lapsed = Math.addExact(lapsed, escrow.lapsedEver());
        }
      }
      compare(mismatches, asset, "charged:" + ledger.value(), spent, told.charged(asset));
      compare(mismatches, asset, "lapsed:" + ledger.value(), lapsed, told.lapsed(asset));
    }
  }
}
