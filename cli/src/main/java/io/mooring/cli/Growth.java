package io.mooring.cli;

import io.mooring.ledger.Checkpoint;
import io.mooring.ledger.Tree;
import io.mooring.ledger.Verdict;
import io.mooring.ledger.Verdict.Refuted;
import io.mooring.ledger.Verdict.Verified;
import io.mooring.ledger.tlog.LogFiles;
import io.mooring.ledger.tlog.MissingFileException;
import io.mooring.ledger.tlog.TileNodes;

/** Whether a log only added to what it was when it was last seen. */
final class Growth {
  private static final String LAYER = "growth";

  private Growth() {}

  /** Judges by a consistency proof that a few of the log's tiles give. */
  static Finding judge(Checkpoint before, Checkpoint now, LogFiles files) {
    String older = Words.count(before.size(), "entry", "entries");
    if (before.size() > now.size()) {
      return Finding.invalid(
          LAYER, "the log had " + older + " and now shows " + Words.count(now.size()));
    }
    if (before.size() == now.size()) {
      return before.head().equals(now.head())
          ? Finding.valid(LAYER, "as it was before")
          : Finding.invalid(LAYER, "the log shows two roots for the same " + older);
    }
    Verdict verdict;
    try {
      Tree tree = new Tree(now.size(), new TileNodes(now.size(), files));
      verdict = tree.consistency(before.size()).check(before.head(), now.head());
    } catch (MissingFileException e) {
      return Finding.invalid(LAYER, "it cannot be shown: " + e.getMessage());
    }
    return switch (verdict) {
      case Verified verified -> Finding.valid(LAYER, "it only added to the " + older + " before");
      case Refuted refuted ->
          Finding.invalid(
              LAYER, "its tiles do not show that it only added to the " + older + " before");
    };
  }
}
