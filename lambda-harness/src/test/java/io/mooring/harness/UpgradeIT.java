package io.mooring.harness;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another deployment takes over while writes are under way. Both are built from the same sources
 * here; that a version refuses records newer than itself is {@code CommitTest}'s.
 */
class UpgradeIT {
  private static final int WRITERS = 4;
  private static final int ENTRIES_OF_EACH = 20;
  private static final int ENTRIES = WRITERS * ENTRIES_OF_EACH;
  private static final int ENVIRONMENTS = 2;

  @TempDir Path folder;

  /**
   * First the old one alone, then both over the same table, then the new one alone, and at last the
   * old one's environments are ended whatever they do.
   */
  @Test
  @SuppressWarnings("try") // The source works by itself until it is closed.
  void nothingIsLostAndNothingIsDoubled() throws Exception {
    try (Cloud cloud = Cloud.in(folder);
        Function old = cloud.deployed(cloud.api().withEnvironments(ENVIRONMENTS));
        Function next = cloud.deployed(cloud.api().named("next").withEnvironments(ENVIRONMENTS));
        Function sequencer = cloud.deployed(cloud.jobs("intake").thatNeverFreezes());
        Gateway gateway = new Gateway(0, old);
        QueueSource source = cloud.queues().source(sequencer, 1)) {
      URI url = gateway.url();
      Writers writers = new Writers(cloud, url, "upgraded");

      writers.write(
          WRITERS,
          ENTRIES_OF_EACH,
          acknowledged -> {
            if (acknowledged == ENTRIES / 4) {
              gateway.serveBy(List.of(old, next));
            } else if (acknowledged == ENTRIES / 2) {
              gateway.serveBy(List.of(next));
              old.close();
            }
          });

      writers.assertNothingLostAndNothingDoubled();
      assertTrue(next.coldStarts() > 0, "the new version served nothing");
    }
  }
}
