package io.mooring.platform.commit;

import static io.mooring.platform.commit.Bed.LEDGER;
import static io.mooring.platform.commit.Bed.body;
import static io.mooring.platform.commit.Bed.key;
import static io.mooring.platform.commit.Bed.won;
import static io.mooring.platform.commit.Bed.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.blob.BlobsUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Stores that can be read, and that have no room for one more byte while a switch is on. */
class FullDiskTest {
  private static final Duration PATIENCE = Duration.ofMillis(400);
  private static final String LARGE = "\"" + "x".repeat(20_000) + "\"";

  private final Bed bed = new Bed();
  private boolean full;

  @Test
  void whatCannotBeStoredIsNotAcknowledgedAndGoesOnWhenThereIsRoom() {
    GroupCommitter committer = bed.committer(new FullStore(), new FullBlobs(), bed.store);
    won(committer.commit(write("before")));
    List<Write> writes = new ArrayList<>();
    writes.add(write("small").once(key("small"), body("s")));
    writes.add(write(LARGE).once(key("large"), body("l")));
    writes.add(
        Write.to(LEDGER)
            .entry(NewEntry.of("note", "", new Content.Erasable("text/plain", new byte[1])))
            .once(key("erasable"), body("e")));

    full = true;
    for (Write write : writes) {
      Outcome outcome = committer.commit(write, PATIENCE);
      boolean acknowledged = outcome instanceof Outcome.Won || outcome instanceof Outcome.Replayed;
      assertFalse(acknowledged, outcome.toString());
    }
    assertEquals(1, bed.checked().entries());

    full = false;
    writes.forEach(write -> won(committer.commit(write)));
    assertEquals(4, bed.checked().entries());
    assertTrue(bed.blobs.list(BlobName.contents(LEDGER), "").size() >= 1);
  }

  private final class FullStore implements CommitStore {
    @Override
    public Optional<Stored> tip(LedgerId ledger) {
      return bed.store.tip(ledger);
    }

    @Override
    public Optional<Stored> read(LedgerId ledger, long number) {
      return bed.store.read(ledger, number);
    }

    @Override
    public List<Stored> range(LedgerId ledger, long from, int limit) {
      return bed.store.range(ledger, from, limit);
    }

    /** As DynamoDB Local answers: with an error of the server, after which nobody knows. */
    @Override
    public Put put(Proposal proposal, Duration timeout) {
      return full
          ? new Put.Unknown(new RuntimeException("No space left on device"))
          : bed.store.put(proposal, timeout);
    }
  }

  private final class FullBlobs implements Blobs {
    @Override
    public Created create(BlobName name, byte[] content) {
      requireRoom();
      return bed.blobs.create(name, content);
    }

    @Override
    public void replace(BlobName name, byte[] content) {
      requireRoom();
      bed.blobs.replace(name, content);
    }

    private void requireRoom() {
      if (full) {
        throw new BlobsUnavailableException("No space left on device");
      }
    }

    @Override
    public Optional<byte[]> get(BlobName name) {
      return bed.blobs.get(name);
    }

    @Override
    public Optional<Long> length(BlobName name) {
      return bed.blobs.length(name);
    }

    @Override
    public void delete(BlobName name) {
      bed.blobs.delete(name);
    }

    @Override
    public List<Listed> list(String prefix, String after) {
      return bed.blobs.list(prefix, after);
    }
  }
}
