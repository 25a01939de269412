package io.mooring.platform.commit;

import io.mooring.platform.LedgerId;
import io.mooring.platform.table.Item;

/**
 * Puts single items right that are not as a ledger's commits left them, without a commit: what a
 * restore tore apart, and nothing else.
 *
 * <p><b>Trust:</b> whoever may do this may change what the table shows; the commits still say what
 * it should.
 *
 * <p><b>Loss:</b> asked again, it does the same.
 */
public interface Mending {
  /**
   * Writes {@code right} in the place of {@code found}; either may be absent. All in one: nothing
   * is written if the item is no longer what was found, or if the ledger has gone on after {@code
   * tip}.
   *
   * @return whether it was written
   */
  boolean mend(LedgerId ledger, long tip, Item found, Item right);
}
