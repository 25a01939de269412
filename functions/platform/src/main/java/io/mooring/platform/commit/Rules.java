package io.mooring.platform.commit;

/**
 * How one committer behaves where there is a choice: after how many lost races a write goes to the
 * intake, if there is one; after how many it is given up; how long it steps back after one; how
 * long a group may gather; and how often the ledger is read for those that wait at the intake.
 */
public record Rules(
    int lossesBeforeIntake,
    int lossesMax,
    long stepBackMillisMax,
    long windowMillisMax,
    long pollMillis) {
  public static Rules standard() {
    return new Rules(2, 32, 200, 200, 20);
  }

  /** For the one who commits for many: it hardly steps back, so that those who race give way. */
  public static Rules worker() {
    return new Rules(2, 256, 4, 200, 20);
  }
}
