package io.mooring.cli;

import io.mooring.cli.BlockUse.Written;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who filled which slots of a chain's state that were empty before. What blocks write is dealt out
 * by slot to files in a folder for the time being, and each file is gone through by itself: memory
 * holds a 256th of the slots at a time. Not thread-safe.
 */
final class Slots implements AutoCloseable {
  private static final int FILES_MAX = 256;
  private static final int SLOT_NUMBER_BYTES = 32;
  private static final int KEY_BYTES = BlockUse.ADDRESS_BYTES + SLOT_NUMBER_BYTES;
  private static final int RECORD_BYTES = KEY_BYTES + Long.BYTES + Integer.BYTES + 1;

  /** What a new slot is charged as: its number and its value. */
  static final BigInteger BYTES = BigInteger.valueOf(64);

  private static final long NEVER = -1;

  private static final byte EMPTIED = 0;
  private static final byte FULL = 1;

  /** Of a record about all slots of an account. */
  private static final byte CLEARED = 2;

  private final Path folder;
  private final Map<Integer, DataOutputStream> files = new TreeMap<>();
  private final Map<Payer, Integer> payers = new LinkedHashMap<>();
  private long blocks;

  /** For whom new slots are counted, and by which key. */
  private record Payer(Counted counted, String key) {}

  Slots() {
    this(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** Its own folder is made in this one, and deleted by {@link #close}. */
  Slots(Path parent) {
    try {
      folder = Files.createTempDirectory(parent, "moor-slots");
    } catch (IOException e) {
      throw unsorted(e);
    }
  }

  /** Takes what the next block writes. */
  void add(List<Written> writes, Counted counted, String key) {
    int payer = payers.computeIfAbsent(new Payer(counted, key), next -> payers.size());
    try {
      for (Written written : writes) {
        for (BigInteger slot : written.full()) {
          write(written.account(), slot, payer, FULL);
        }
        for (BigInteger slot : written.emptied()) {
          write(written.account(), slot, payer, EMPTIED);
        }
        // What is cleared was full before the block; what the block itself writes stays.
        if (written.cleared()) {
          byte[] all = Arrays.copyOf(written.account(), KEY_BYTES);
          for (DataOutputStream file : files.values()) {
            write(file, all, payer, CLEARED);
          }
        }
      }
    } catch (IOException e) {
      throw unsorted(e);
    }
    blocks++;
  }

  /** Counts the new slots of all blocks, each for who pays for its block. */
  void count() {
    long[] filled = new long[payers.size()];
    try {
      for (Map.Entry<Integer, DataOutputStream> file : files.entrySet()) {
        file.getValue().flush();
        count(path(file.getKey()), filled);
      }
    } catch (IOException e) {
      throw unsorted(e);
    }
    payers.forEach(
        (payer, at) ->
            payer.counted.add(
                payer.key, Blocks.STATE, BYTES.multiply(BigInteger.valueOf(filled[at]))));
  }

  private static void count(Path file, long[] filled) throws IOException {
    Map<ByteBuffer, Long> fullSince = new HashMap<>();
    Map<ByteBuffer, Long> clearedAt = new HashMap<>();
    long records = Files.size(file) / RECORD_BYTES;
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      for (long i = 0; i < records; i++) {
        byte[] key = in.readNBytes(KEY_BYTES);
        ByteBuffer slot = ByteBuffer.wrap(key);
        ByteBuffer account = ByteBuffer.wrap(key, 0, BlockUse.ADDRESS_BYTES).slice();
        long block = in.readLong();
        int payer = in.readInt();
        switch (in.readByte()) {
          case CLEARED -> clearedAt.put(account, block);
          case EMPTIED -> fullSince.remove(slot);
          default -> {
            long before = fullSince.getOrDefault(slot, NEVER);
            if (before == NEVER || before < clearedAt.getOrDefault(account, NEVER)) {
              filled[payer]++;
            }
            fullSince.put(slot, block);
          }
        }
      }
    }
  }

  private void write(byte[] account, BigInteger slot, int payer, byte kind) throws IOException {
    byte[] key = Arrays.copyOf(account, KEY_BYTES);
    byte[] number = slot.toByteArray(); // with a zero before it where its highest bit is set
    int length = Math.min(number.length, SLOT_NUMBER_BYTES);
    System.arraycopy(number, number.length - length, key, KEY_BYTES - length, length);
    write(file(Math.floorMod(Arrays.hashCode(key), FILES_MAX)), key, payer, kind);
  }

  private void write(DataOutputStream file, byte[] key, int payer, byte kind) throws IOException {
    file.write(key);
    file.writeLong(blocks);
    file.writeInt(payer);
    file.writeByte(kind);
  }

  private DataOutputStream file(int number) throws IOException {
    DataOutputStream open = files.get(number);
    if (open == null) {
      open = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(path(number))));
      files.put(number, open);
    }
    return open;
  }

  private Path path(int number) {
    return folder.resolve(Integer.toString(number));
  }

  private static CannotTellException unsorted(IOException e) {
    return new CannotTellException("what blocks write cannot be sorted on the disk: " + e, e);
  }

  @Override
  public void close() {
    try {
      for (Map.Entry<Integer, DataOutputStream> file : files.entrySet()) {
        closed(file.getValue());
        Files.delete(path(file.getKey()));
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw unsorted(e);
    }
  }

  private static void closed(DataOutputStream file) {
    try {
      file.close();
    } catch (IOException e) {
      // What could not be written to a full disk is not needed any more: the file is deleted next.
    }
  }
}
