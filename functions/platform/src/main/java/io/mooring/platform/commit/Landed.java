package io.mooring.platform.commit;

import io.mooring.billing.Charge;
import io.mooring.ledger.Frontier;
import io.mooring.ledger.Growth;
import io.mooring.ledger.Hash;
import io.mooring.ledger.Head;
import io.mooring.ledger.InclusionProof;
import io.mooring.platform.LedgerId;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A commit that was won, with what it takes to build every receipt of the writes it carries. */
final class Landed {
  private final LedgerId ledger;
  private final Commit commit;
  private final Manifest manifest;
  private final Growth growth;

  private final ReentrantLock signing = new ReentrantLock();
  private @Nullable String signed;

  private Landed(LedgerId ledger, Commit commit, Manifest manifest, Growth growth) {
    this.ledger = ledger;
    this.commit = commit;
    this.manifest = manifest;
    this.growth = growth;
  }

  /** Refuses a commit whose frontier is not what its leaves make of the one before. */
  static Landed of(LedgerId ledger, Frontier before, Commit commit, Manifest manifest) {
    Growth growth = new Growth(before, manifest.leaves());
    if (commit.start() != before.size() || !growth.after().equals(commit.frontier())) {
      throw new TamperedException(
          "commit " + commit.number() + " of " + ledger.value() + " is not what its leaves make");
    }
    return new Landed(ledger, commit, manifest, growth);
  }

  /** For our own commit, whose frontier was just made from this growth. */
  static Landed own(LedgerId ledger, Commit commit, Manifest manifest, Growth growth) {
    return new Landed(ledger, commit, manifest, growth);
  }

  Commit commit() {
    return commit;
  }

  Manifest manifest() {
    return manifest;
  }

  /** The position of an attempt among the commit's, or -1. */
  int position(AttemptId attempt) {
    List<Attempt> attempts = manifest.attempts();
    for (int i = 0; i < attempts.size(); i++) {
      if (attempts.get(i).id().equals(attempt)) {
        return i;
      }
    }
    return -1;
  }

  /** The receipt of the write at {@code position} among the commit's attempts. */
  Receipt receipt(int position, List<KeptEntry> entries) {
    return receiptFrom(first(position), entries, manifest.attempts().get(position));
  }

  /** The receipt of the write whose first entry is the commit's at {@code first}. */
  Receipt receiptFrom(int first, List<KeptEntry> entries, Attempt attempt) {
    return new WriteReceipt(this, first, entries, attempt.cost());
  }

  /** As above, of a write that is known from what the commit carries only. */
  Receipt receipt(int position, Body body) {
    int first = first(position);
    int end = first + manifest.attempts().get(position).entries();
    return receiptFrom(
        first, body.entries().subList(first, end), manifest.attempts().get(position));
  }

  private int first(int position) {
    return manifest.attempts().subList(0, position).stream().mapToInt(Attempt::entries).sum();
  }

  private String signed(Function<Head, String> sign) {
    signing.lock();
    try {
      if (signed == null) {
        signed = sign.apply(commit.head());
      }
      return signed;
    } finally {
      signing.unlock();
    }
  }

  private record WriteReceipt(Landed landed, int first, List<KeptEntry> entries, Cost cost)
      implements Receipt {
    WriteReceipt {
      entries = List.copyOf(entries);
    }

    @Override
    public LedgerId ledger() {
      return landed.ledger;
    }

    @Override
    public long commit() {
      return landed.commit.number();
    }

    @Override
    public long timeMillis() {
      return landed.commit.timeMillis();
    }

    @Override
    public long firstIndex() {
      return landed.commit.start() + first;
    }

    @Override
    public List<Charge> charges() {
      return landed.commit.bill().charges(cost);
    }

    @Override
    public List<Hash> leaves() {
      return landed.manifest.leaves().subList(first, first + entries.size());
    }

    @Override
    public Head head() {
      return landed.growth.head();
    }

    @Override
    public InclusionProof proof(int offset) {
      if (offset < 0 || offset >= entries.size()) {
        throw new IllegalArgumentException(
            "no entry " + offset + " in a write of " + entries.size());
      }
      return landed.growth.inclusion(first + offset);
    }

    @Override
    public String signed(Function<Head, String> sign) {
      return landed.signed(sign);
    }

    @Override
    public String toString() {
      return "Receipt[" + ledger().value() + " " + firstIndex() + " +" + entries.size() + "]";
    }
  }
}
