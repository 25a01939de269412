package io.mooring.ledgers;

import io.mooring.platform.LedgerId;
import io.mooring.platform.commit.Effect;
import java.util.List;
import java.util.Map;

/**
 * What ledgers of one kind have beyond what every ledger has; the capability of that kind says it.
 */
public interface LedgerKind {
  Kind kind();

  /**
   * What making such a ledger adds to the commit that makes it. Asked again when an effect did not
   * hold, because somebody else came first.
   *
   * @param details what the request says under the kind's own name, as JSON; empty if it says
   *     nothing
   * @throws io.mooring.platform.problem.RefusedException if the details are not usable
   */
  List<Effect> plan(LedgerId id, String details, long createdMillis);

  /** What its first entry says beyond the facts of every ledger: JSON values by their names. */
  Map<String, byte[]> genesis(Ledger ledger);

  /** What its readers are shown beyond the facts of every ledger: JSON values by their names. */
  Map<String, byte[]> shown(Ledger ledger);

  /** Derives again what the kind derives from a ledger; how many objects that makes. */
  long rebuild(Ledger ledger);

  /**
   * Deletes what was derived from entries that the ledger does not have, because it was put back to
   * {@code size} entries; what would be derived from others must not find it there.
   */
  void cutOff(Ledger ledger, long size);
}
