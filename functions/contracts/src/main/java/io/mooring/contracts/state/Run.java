package io.mooring.contracts.state;

import io.mooring.evm.Hash;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.cbor.CborReader;
import io.mooring.ledger.cbor.CborWriter;
import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * All that {@link StateStore#SEAL_BLOCKS} blocks have added, sorted by hash: trie nodes and codes,
 * and where blocks and transactions stand. It never changes, and is a function of the ledger alone.
 *
 * <pre>
 * chain/run/00…0064/part/0    pages of entries: hash (32 bytes), length (4), value
 * chain/run/00…0064           { 1: root, 2: entries, 3: pages, 4: bloom }
 * </pre>
 *
 * In memory stand the first hash of each page and the bloom filter; pages come from {@link Pages}.
 */
final class Run {
  static final int PAGE_BYTES = 16 * 1024;
  static final int PART_BYTES_MAX = 8 * 1024 * 1024;

  /** What a run's path begins with; its last block follows. */
  static final String FOLDER = "run/";

  private static final int META_BYTES_MAX = 64 * 1024 * 1024;

  /** One hash in some 1,400 that is not in a run is looked for in a page nevertheless. */
  private static final int BLOOM_BITS_PER_ENTRY = 16;

  private static final int BLOOM_PROBES = 7;
  private static final int FIELDS = 4;
  private static final int PAGE_ENTRY_BYTES = Hash.BYTES + 3 * Integer.BYTES;

  /** Where a page stands: in which part, from which byte on, how long. */
  private record Page(Hash first, int part, int offset, int length) {}

  private final long block;
  private final Hash root;
  private final int entries;
  private final List<Page> pages;
  private final List<BlobName> parts;
  private final byte[] bloom;

  private Run(LedgerId ledger, long block, Hash root, int entries, List<Page> pages, byte[] bloom) {
    this.block = block;
    this.root = root;
    this.entries = entries;
    this.pages = pages;
    this.parts =
        IntStream.range(0, pages.isEmpty() ? 0 : pages.getLast().part + 1)
            .mapToObj(part -> partName(ledger, block, part))
            .toList();
    this.bloom = bloom;
  }

  /** The last block whose additions are here. */
  long block() {
    return block;
  }

  /** The state's root after that block. */
  Hash root() {
    return root;
  }

  int entries() {
    return entries;
  }

  /** How an object is stored: anew only where it is missing, or in the place of a damaged one. */
  @FunctionalInterface
  interface Keeping {
    void keep(BlobName name, byte[] content);
  }

  /** Stores all parts and then, when they are there, what names them. */
  static Run write(
      Keeping keeping,
      Pages held,
      LedgerId ledger,
      long block,
      Hash root,
      SortedMap<Hash, byte[]> values) {
    List<Page> pages = new ArrayList<>();
    byte[] bloom = new byte[Math.max(8, values.size() * BLOOM_BITS_PER_ENTRY / 8 + 1)];
    Part part = new Part(keeping, held, ledger, block);
    for (Map.Entry<Hash, byte[]> entry : values.entrySet()) {
      part.add(entry.getKey(), entry.getValue(), pages);
      mark(bloom, entry.getKey());
    }
    part.close(pages);
    Run run = new Run(ledger, block, root, values.size(), List.copyOf(pages), bloom);
    keeping.keep(name(ledger, block), run.meta());
    return run;
  }

  /** Pages of one part while they are filled. */
  private static final class Part {
    private final Keeping keeping;
    private final Pages held;
    private final LedgerId ledger;
    private final long block;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int number;
    private int firstPage;
    private int pageStart;
    private Hash pageFirst = Hash.ZERO;

    private Part(Keeping keeping, Pages held, LedgerId ledger, long block) {
      this.keeping = keeping;
      this.held = held;
      this.ledger = ledger;
      this.block = block;
    }

    private void add(Hash hash, byte[] value, List<Page> pages) {
      if (bytes.size() == pageStart) {
        pageFirst = hash;
      }
      bytes.writeBytes(hash.bytes());
      bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value.length).array());
      bytes.writeBytes(value);
      if (bytes.size() - pageStart >= PAGE_BYTES) {
        endPage(pages);
      }
      if (bytes.size() >= PART_BYTES_MAX) {
        close(pages);
      }
    }

    private void endPage(List<Page> pages) {
      if (bytes.size() > pageStart) {
        pages.add(new Page(pageFirst, number, pageStart, bytes.size() - pageStart));
        pageStart = bytes.size();
      }
    }

    private void close(List<Page> pages) {
      endPage(pages);
      if (bytes.size() > 0) {
        byte[] content = bytes.toByteArray();
        keeping.keep(partName(ledger, block, number), content);
        for (Page page : pages.subList(firstPage, pages.size())) {
          held.hold(block, number, content, page.offset, page.length);
        }
        firstPage = pages.size();
        bytes.reset();
        pageStart = 0;
        number++;
      }
    }
  }

  /** The run that ends with a block, if it was stored whole. */
  static Optional<Run> open(Blobs blobs, LedgerId ledger, long block) {
    return blobs.get(name(ledger, block)).map(meta -> read(ledger, block, meta));
  }

  private byte[] meta() {
    ByteBuffer packed = ByteBuffer.allocate(pages.size() * PAGE_ENTRY_BYTES);
    for (Page page : pages) {
      packed.put(page.first.bytes()).putInt(page.part).putInt(page.offset).putInt(page.length);
    }
    return new CborWriter()
        .map(FIELDS)
        .unsigned(1)
        .bytes(root.bytes())
        .unsigned(2)
        .unsigned(entries)
        .unsigned(3)
        .bytes(packed.array())
        .unsigned(4)
        .bytes(bloom)
        .toBytes();
  }

  private static Run read(LedgerId ledger, long block, byte[] meta) {
    CborReader cbor = new CborReader(meta);
    byte[][] parts = new byte[FIELDS + 1][0];
    long[] entries = new long[1];
    cbor.numberedMap(
        FIELDS,
        key -> {
          switch ((int) key) {
            case 1, 3, 4 -> parts[(int) key] = cbor.bytes(META_BYTES_MAX);
            case 2 -> entries[0] = cbor.unsigned();
            default -> throw new MalformedException("a run has no field " + key);
          }
        });
    cbor.end();
    List<Page> pages = new ArrayList<>();
    byte[] first = new byte[Hash.BYTES];
    for (ByteBuffer packed = ByteBuffer.wrap(parts[3]); packed.hasRemaining(); ) {
      packed.get(first);
      pages.add(new Page(Hash.of(first), packed.getInt(), packed.getInt(), packed.getInt()));
    }
    return new Run(ledger, block, Hash.of(parts[1]), Math.toIntExact(entries[0]), pages, parts[4]);
  }

  /** The value under a hash, if this run has it. */
  Optional<byte[]> get(Pages held, Hash hash) {
    if (!mayHave(hash)) {
      return Optional.empty();
    }
    int low = 0;
    int high = pages.size() - 1;
    int found = -1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (pages.get(middle).first.compareTo(hash) <= 0) {
        found = middle;
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    if (found < 0) {
      return Optional.empty();
    }
    Page page = pages.get(found);
    BlobName name = parts.get(page.part);
    return search(held.get(block, name, page.part, page.offset, page.length), hash.bytes());
  }

  private static Optional<byte[]> search(byte[] page, byte[] hash) {
    for (ByteBuffer entries = ByteBuffer.wrap(page); entries.hasRemaining(); ) {
      int at = entries.position();
      int length = entries.position(at + Hash.BYTES).getInt();
      if (Arrays.equals(page, at, at + Hash.BYTES, hash, 0, Hash.BYTES)) {
        byte[] value = new byte[length];
        entries.get(value);
        return Optional.of(value);
      }
      entries.position(entries.position() + length);
    }
    return Optional.empty();
  }

  private boolean mayHave(Hash hash) {
    long step = hash.word().w2() | 1;
    long at = hash.word().w3();
    for (int i = 0; i < BLOOM_PROBES; i++) {
      long bit = Long.remainderUnsigned(at, 8L * bloom.length);
      if ((bloom[(int) (bit >>> 3)] & 1 << (bit & 7)) == 0) {
        return false;
      }
      at += step;
    }
    return true;
  }

  private static void mark(byte[] bloom, Hash hash) {
    long step = hash.word().w2() | 1;
    long at = hash.word().w3();
    for (int i = 0; i < BLOOM_PROBES; i++) {
      long bit = Long.remainderUnsigned(at, 8L * bloom.length);
      bloom[(int) (bit >>> 3)] |= (byte) (1 << (bit & 7));
      at += step;
    }
  }

  static BlobName name(LedgerId ledger, long block) {
    return BlobName.chain(ledger, FOLDER + "%020d".formatted(block));
  }

  static BlobName partName(LedgerId ledger, long block, int part) {
    return BlobName.chain(ledger, FOLDER + "%020d/part/%d".formatted(block, part));
  }
}
