package io.mooring.platform.blob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.ledger.Hash;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.Blobs.Created;
import io.mooring.platform.blob.Blobs.Listed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every store of objects must do. Each adapter runs these tests by extending this class. */
public abstract class BlobsContract {
  private static final LedgerId LEDGER = new LedgerId(new TenantId("ten_acme"), "led_shipments");
  private static final BlobName SEGMENT =
      BlobName.segment(LEDGER, Hash.ofBytes("content".getBytes()));
  private static final int SEGMENT_BYTES_MAX = 6_500_000;

  /** A store that nobody has written to. */
  protected abstract Blobs fresh();

  @Test
  void keepsExactlyWhatWasCreated() {
    Blobs blobs = fresh();
    byte[] content = new byte[SEGMENT_BYTES_MAX];
    new Random(1).nextBytes(content);
    assertEquals(Created.NEW, blobs.create(SEGMENT, content));
    assertArrayEquals(content, blobs.get(SEGMENT).orElseThrow());
    assertEquals(SEGMENT_BYTES_MAX, blobs.length(SEGMENT).orElseThrow());
  }

  @Test
  void givesAStretchOfAnObject() {
    Blobs blobs = fresh();
    blobs.create(SEGMENT, "0123456789".getBytes());
    assertArrayEquals("345".getBytes(), blobs.get(SEGMENT, 3, 3).orElseThrow());
    assertArrayEquals("89".getBytes(), blobs.get(SEGMENT, 8, 5).orElseThrow());
    assertTrue(blobs.get(BlobName.head(LEDGER), 0, 1).isEmpty());
  }

  @Test
  void neverCreatesOverWhatIsThere() {
    Blobs blobs = fresh();
    blobs.create(SEGMENT, "content".getBytes());
    assertEquals(Created.ALREADY_THERE, blobs.create(SEGMENT, "other".getBytes()));
    assertArrayEquals("content".getBytes(), blobs.get(SEGMENT).orElseThrow());
  }

  @Test
  void replacesWhatIsPublished() {
    Blobs blobs = fresh();
    blobs.replace(BlobName.head(LEDGER), "one".getBytes());
    blobs.replace(BlobName.head(LEDGER), "two".getBytes());
    assertArrayEquals("two".getBytes(), blobs.get(BlobName.head(LEDGER)).orElseThrow());
  }

  @Test
  void saysWhatIsNotThere() {
    Blobs blobs = fresh();
    assertTrue(blobs.get(SEGMENT).isEmpty());
    assertTrue(blobs.length(SEGMENT).isEmpty());
    blobs.create(SEGMENT, "content".getBytes());
    blobs.delete(SEGMENT);
    blobs.delete(SEGMENT);
    assertTrue(blobs.get(SEGMENT).isEmpty());
  }

  @Test
  void listsNamesInOrderAfterOneOfThemAndBelowAPrefix() {
    Blobs blobs = fresh();
    LedgerId longer = new LedgerId(LEDGER.tenant(), "led_shipments2");
    Instant before = Instant.now().minusSeconds(2);
    BlobName content = BlobName.content(LEDGER, Hash.ofNothing());
    BlobName head = BlobName.head(LEDGER);
    BlobName other = BlobName.head(longer);
    for (BlobName name : List.of(other, SEGMENT, head, content)) {
      blobs.create(name, "x".getBytes());
    }

    assertEquals(List.of(content, head, SEGMENT, other), names(blobs.list("", "")));
    assertEquals(List.of(SEGMENT), names(blobs.list(BlobName.segments(LEDGER), "")));
    assertEquals(List.of(SEGMENT, other), names(blobs.list("", head.value())));
    assertEquals(List.of(other), names(blobs.list("", content.afterItsFolder())));
    assertEquals(List.of(), blobs.list("", other.value()));
    assertEquals(List.of(), blobs.list("ten_other/", ""));
    Instant written = blobs.list("", "").getFirst().written();
    assertTrue(written.isAfter(before) && written.isBefore(Instant.now().plusSeconds(2)));
  }

  @Test
  void aLongListComesInPartsWithoutAGap() {
    Blobs blobs = fresh();
    int count = Blobs.LIST_MAX + 5;
    for (int i = 0; i < count; i++) {
      isCreatedAtLast(blobs, BlobName.log(LEDGER, "%05d".formatted(i)));
    }
    List<Listed> first = blobs.list("", "");
    List<Listed> rest = blobs.list("", first.getLast().name().value());

    assertEquals(Blobs.LIST_MAX, first.size());
    assertEquals(count, first.size() + rest.size());
    assertEquals("01000", rest.getFirst().name().last());
  }

  private static void isCreatedAtLast(Blobs blobs, BlobName name) {
    for (int tries = 0; tries < 20; tries++) {
      try {
        blobs.create(name, new byte[1]);
        return;
      } catch (BlobsUnavailableException e) {
        continue; // every call may be repeated
      }
    }
    throw new AssertionError(name + " was never created");
  }

  private static List<BlobName> names(List<Listed> listed) {
    return listed.stream().map(Listed::name).toList();
  }

  @Test
  void letsOneOfManyCreatorsMakeIt() throws Exception {
    Blobs blobs = fresh();
    List<Callable<Boolean>> creators = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      byte[] content = ("creator " + i).getBytes();
      creators.add(() -> createsAtLast(blobs, content));
    }
    int created = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(creators.size())) {
      for (Future<Boolean> creator : threads.invokeAll(creators)) {
        created += creator.get() ? 1 : 0;
      }
    }
    assertEquals(1, created);
  }

  /** Uploads that are under way at once may be refused; every call may be repeated. */
  private static boolean createsAtLast(Blobs blobs, byte[] content) {
    for (int tries = 0; tries < 20; tries++) {
      try {
        return blobs.create(SEGMENT, content) == Created.NEW;
      } catch (BlobsUnavailableException e) {
        continue;
      }
    }
    throw new AssertionError("never answered");
  }

  @Test
  void aNameBeginsWithATenantAndStaysBelowIt() {
    for (String name : List.of("acme/x", "/ten_acme/x", "ten_acme/../ten_b/x", "")) {
      assertThrows(IllegalArgumentException.class, () -> new BlobName(name));
    }
  }
}
