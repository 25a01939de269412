package io.mooring.platform.commit;

import io.mooring.platform.table.Key;
import java.util.List;

/**
 * What a repair has read so far, and what this part of it has put right.
 *
 * @param commits how many commits were read
 * @param ofCommits how many there are
 * @param entries how many entries they carry
 * @param next names the position to go on from; empty at the end
 */
public record RepairReport(
    long commits, long ofCommits, long entries, List<Mended> mended, String next) {
  public RepairReport {
    mended = List.copyOf(mended);
  }

  /**
   * An item that was put right.
   *
   * @param commit the one that left it as it is now; 0 where no commit did, and it is gone
   */
  public record Mended(Key key, long commit) {}
}
