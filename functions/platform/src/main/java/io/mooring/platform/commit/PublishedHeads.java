package io.mooring.platform.commit;

import io.mooring.ledger.Hash;
import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The last head of each ledger, kept where the table is not, so that a table put back to an earlier
 * state is noticed before anything is written to it.
 *
 * <p><b>Trust:</b> whoever can change both stores at once can hide a rollback from us; anchors and
 * witnesses still show it.
 *
 * <p><b>Loss:</b> published again with the next commit.
 */
public final class PublishedHeads {
  private final Blobs blobs;

  public PublishedHeads(Blobs blobs) {
    this.blobs = blobs;
  }

  /** A head, and the number of the commit that it was the head after. */
  public record Published(long commit, long size, Hash root) {}

  public Optional<Published> last(LedgerId ledger) {
    return blobs.get(BlobName.head(ledger)).map(PublishedHeads::read);
  }

  /**
   * The last commit, if any; fails, naming the evidence, if the store holds less than was published
   * of the ledger, or something else.
   */
  Optional<Commit> requireKept(LedgerId ledger, Commits commits) {
    Optional<Published> head = last(ledger);
    Optional<Commit> tip = commits.tip(ledger);
    head.ifPresent(
        published -> requireKept(published, ledger, commits, tip.map(Commit::number).orElse(0L)));
    return tip;
  }

  void publish(LedgerId ledger, Commit commit) {
    String text =
        commit.number() + "\n" + commit.end() + "\n" + commit.frontier().root().base64() + "\n";
    blobs.replace(BlobName.head(ledger), text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Fails, naming the evidence, if the store holds less than was published, or something else. The
   * tip must have been read after the head was.
   */
  static void requireKept(Published head, LedgerId ledger, Commits commits, long tip) {
    if (head.commit() > tip) {
      throw new TamperedException(
          "ledger %s ends with commit %d, but %s says commit %d was published with size %d"
              .formatted(ledger.value(), tip, BlobName.head(ledger), head.commit(), head.size()));
    }
    Commit stored = commits.required(ledger, head.commit());
    if (stored.end() != head.size() || !stored.frontier().root().equals(head.root())) {
      throw new TamperedException(
          "commit %d of ledger %s has size %d and root %s, but %s was published with %d and %s"
              .formatted(
                  head.commit(),
                  ledger.value(),
                  stored.end(),
                  stored.frontier().root(),
                  BlobName.head(ledger),
                  head.size(),
                  head.root()));
    }
  }

  private static Published read(byte[] bytes) {
    List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
    if (lines.size() != 3) {
      throw new TamperedException("a published head has 3 lines, not " + lines.size());
    }
    return new Published(
        Long.parseLong(lines.get(0)), Long.parseLong(lines.get(1)), Hash.ofBase64(lines.get(2)));
  }
}
