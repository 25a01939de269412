package io.mooring.platform.commit;

import io.mooring.platform.LedgerId;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.StoreUnavailableException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the chain of commits of every ledger, and lets exactly one writer add the next one,
 * together with its effects on the table.
 *
 * <p>Every read is consistent. A read that fails throws {@link StoreUnavailableException}.
 *
 * <p><b>Trust:</b> whoever can overwrite a record can fork a ledger; the next record's {@code
 * previous}, the published heads and the anchors show it.
 *
 * <p><b>Loss:</b> a lost record cannot be made again from anything else that is kept here.
 */
public interface CommitStore {
  /** The most records that one {@link #range} gives. */
  int RANGE_MAX = 100;

  /** The last commit, if there is any. */
  Optional<Stored> tip(LedgerId ledger);

  Optional<Stored> read(LedgerId ledger, long number);

  /** Commits from {@code from} on, in order, at most {@code limit}; may give fewer, never a gap. */
  List<Stored> range(LedgerId ledger, long from, int limit);

  /** Adds the proposal if its number is still free and every condition of its effects holds. */
  Put put(Proposal proposal, Duration timeout);

  /** The bytes of one commit record, as they are stored. */
  record Stored(long number, byte[] bytes) {
    public Commit commit() {
      Commit commit = Commit.ofBytes(bytes);
      if (commit.number() != number) {
        throw new TamperedException(
            "the record stored as commit " + number + " says it is " + commit.number());
      }
      return commit;
    }

    public boolean sameBytes(byte[] other) {
      return Arrays.equals(bytes, other);
    }
  }

  /** A commit that somebody wants to add. Its effects' items get its number as their version. */
  record Proposal(LedgerId ledger, long number, byte[] bytes, List<Effect> effects) {
    public Proposal {
      effects = List.copyOf(effects);
    }
  }

  /** How a put ended. */
  sealed interface Put {
    record Won() implements Put {}

    /** The number is taken, by this commit. It may be our own, sent before. */
    record Lost(Stored current) implements Put {}

    /** The number is free, but these conditions do not hold. Nothing was written. */
    record EffectsRefused(List<RefusedEffect> refused) implements Put {
      public EffectsRefused {
        refused = List.copyOf(refused);
      }
    }

    /** Nothing was written: the store was too busy. */
    record Throttled(RuntimeException cause) implements Put {}

    /** The store did not answer. Read the number: the write may have happened, or may yet. */
    record Unknown(RuntimeException cause) implements Put {}
  }

  /** The effect whose condition did not hold, and the item as it was then. */
  record RefusedEffect(Effect effect, Item now) {}
}
