package io.mooring.platform.commit;

import io.mooring.platform.LedgerId;
import java.util.List;

/**
 * Something that is derived from a ledger's commits: tiles, an index, a feed. What it writes is a
 * function of the commits alone, so that it may be derived twice, and again from the beginning.
 */
public interface Derivation {
  /** Names the watermark; never changes once it is in use. */
  String name();

  /** Takes in commits in order and without a gap, possibly not for the first time. */
  void derive(LedgerId ledger, List<CarriedCommit> commits);
}
