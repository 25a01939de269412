package io.mooring.contracts.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.evm.Hash;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.InMemoryBlobs;
import io.mooring.platform.commit.TamperedException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {
  private static final LedgerId LEDGER = new LedgerId(new TenantId("ten_acme"), "led_chain");
  private static final int ENTRIES = 10_000;
  private static final int LOOKED_FOR_IN_VAIN_MAX = ENTRIES / 500;

  private final InMemoryBlobs blobs = new InMemoryBlobs();
  private final TreeMap<Hash, byte[]> values = new TreeMap<>();

  @TempDir Path folder;

  @BeforeEach
  void fill() {
    for (int i = 0; i < ENTRIES; i++) {
      values.put(hash(i), new byte[i % 600]);
    }
  }

  @Test
  void hasWhatWasWrittenAfterItIsOpenedToo() {
    Run written = write(pages());
    Run opened = Run.open(blobs, LEDGER, 64).orElseThrow();
    Pages elsewhere = pages();

    assertEquals(ENTRIES, opened.entries());
    values.forEach(
        (hash, value) -> {
          assertArrayEquals(value, written.get(elsewhere, hash).orElseThrow());
          assertArrayEquals(value, opened.get(elsewhere, hash).orElseThrow());
        });
  }

  @Test
  void whoWroteItNeedsNoRequestToReadIt() {
    Pages held = pages();
    Run written = write(held);
    blobs.list("", "").forEach(object -> blobs.delete(object.name()));

    values.forEach(
        (hash, value) -> assertArrayEquals(value, written.get(held, hash).orElseThrow()));
  }

  @Test
  void hardlyEverLooksForWhatItDoesNotHave() {
    Run written = write(pages());
    BlobName part = Run.partName(LEDGER, 64, 0);
    blobs.delete(part);

    int inVain = 0;
    for (int i = ENTRIES; i < 2 * ENTRIES; i++) {
      try {
        assertEquals(Optional.empty(), written.get(pages(), hash(i)));
      } catch (TamperedException gone) {
        inVain++;
      }
    }
    assertTrue(inVain <= LOOKED_FOR_IN_VAIN_MAX, inVain + " of " + ENTRIES);
  }

  private Run write(Pages held) {
    return Run.write(blobs::create, held, LEDGER, 64, Hash.ZERO, values);
  }

  private Pages pages() {
    return new Pages(blobs, new PageFiles(folder, 64 << 20), 1);
  }

  private static Hash hash(int i) {
    return Hash.keccak(ByteBuffer.allocate(Integer.BYTES).putInt(i).array());
  }
}
