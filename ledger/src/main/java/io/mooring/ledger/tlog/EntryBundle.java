package io.mooring.ledger.tlog;

import io.mooring.ledger.Entry;
import io.mooring.ledger.MalformedException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The entries of one bundle file: each after its length in two bytes, big-endian. */
public final class EntryBundle {
  /** Is shown where each entry stands in the bundle. */
  @FunctionalInterface
  public interface Visitor {
    void entry(int position, int from, int length);
  }

  private EntryBundle() {}

  public static byte[] encode(List<byte[]> entries) {
    if (entries.isEmpty() || entries.size() > LogPath.FULL_WIDTH) {
      throw new MalformedException("a bundle has 1 to " + LogPath.FULL_WIDTH + " entries");
    }
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    for (byte[] entry : entries) {
      if (entry.length > Entry.BYTES_MAX) {
        throw new MalformedException("an entry has at most " + Entry.BYTES_MAX + " bytes");
      }
      bundle.write(entry.length >> Byte.SIZE);
      bundle.write(entry.length);
      bundle.writeBytes(entry);
    }
    return bundle.toByteArray();
  }

  public static List<byte[]> decode(byte[] bundle, int width) {
    List<byte[]> entries = new ArrayList<>(width);
    visit(
        bundle,
        width,
        (position, from, length) -> entries.add(Arrays.copyOfRange(bundle, from, from + length)));
    return entries;
  }

  /** The first {@code width} entries of a full bundle, as a partial one would have them. */
  static byte[] cut(byte[] full, int width) {
    return encode(decode(full, LogPath.FULL_WIDTH).subList(0, width));
  }

  /** Walks over the entries of a bundle that has exactly {@code width}, without copying. */
  public static void visit(byte[] bundle, int width, Visitor visitor) {
    int at = 0;
    for (int position = 0; position < width; position++) {
      if (bundle.length - at < Short.BYTES) {
        throw new MalformedException("a bundle ends before its entry " + position);
      }
      int length = (bundle[at] & 0xff) << Byte.SIZE | (bundle[at + 1] & 0xff);
      at += Short.BYTES;
      if (bundle.length - at < length) {
        throw new MalformedException("a bundle ends in the middle of its entry " + position);
      }
      visitor.entry(position, at, length);
      at += length;
    }
    if (at != bundle.length) {
      throw new MalformedException("a bundle goes on after its " + width + " entries");
    }
  }
}
