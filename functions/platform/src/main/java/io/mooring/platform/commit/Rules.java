package io.mooring.platform.commit;

import java.time.Duration;

/**
 * How one committer behaves where there is a choice: after how many lost races a write goes to the
 * intake, if there is one; after how many it is given up; how long a group may gather; and how
 * often the ledger is read for those that wait at the intake.
 */
public record Rules(int lossesBeforeIntake, int lossesMax, long windowMillisMax, long pollMillis) {
  /** How long the next writes go to the intake at once, after races were lost. */
  static final Duration CONTENDED = Duration.ofSeconds(2);

  public static Rules standard() {
    return new Rules(2, 32, 200, 20);
  }
}
