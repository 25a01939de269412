package io.mooring.ledger.tlog;

import io.mooring.ledger.Decimal;
import io.mooring.ledger.MalformedException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The spelling of tile paths: an index in groups of three digits, all but the last with an x. */
final class PathText {
  private static final int LENGTH_MAX = 64;
  private static final Pattern TILE =
      Pattern.compile(
          "tile/(entries|[0-7])/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

  private PathText() {}

  static String of(long index, int width) {
    StringBuilder text = new StringBuilder(group(index % 1000));
    for (long rest = index / 1000; rest > 0; rest /= 1000) {
      text.insert(0, "x" + group(rest % 1000) + "/");
    }
    return width == LogPath.FULL_WIDTH ? text.toString() : text + ".p/" + width;
  }

  static LogPath parse(String text) {
    if (text.equals(new LogPath.OfCheckpoint().text())) {
      return new LogPath.OfCheckpoint();
    }
    Matcher parts = TILE.matcher(text.length() > LENGTH_MAX ? "" : text);
    if (!parts.matches()) {
      throw new MalformedException("not the path of a file of a log");
    }
    long index = Decimal.parse(withoutZeros(parts.group(2).replaceAll("[x/]", "")));
    int width = parts.group(3) == null ? LogPath.FULL_WIDTH : Integer.parseInt(parts.group(3));
    LogPath path =
        parts.group(1).equals("entries")
            ? new LogPath.OfBundle(index, width)
            : new LogPath.OfTile(Integer.parseInt(parts.group(1)), index, width);
    if (!path.text().equals(text)) {
      throw new MalformedException("a tile's path has one spelling: " + path.text());
    }
    return path;
  }

  /** Refuses a place that no tree of fewer than 2^63 leaves has. */
  static void requirePlace(int level, long index, int width) {
    if (width < 1 || width > LogPath.FULL_WIDTH) {
      throw new MalformedException("a tile is 1 to " + LogPath.FULL_WIDTH + " wide");
    }
    int leafBits = LogPath.LEVELS_PER_TILE * (level + 1);
    if (index < 0 || index > (leafBits < Long.SIZE ? Long.MAX_VALUE >> leafBits : 0)) {
      throw new MalformedException("no tree has a tile " + index + " at level " + level);
    }
  }

  private static String withoutZeros(String digits) {
    String text = digits.replaceFirst("^0+", "");
    return text.isEmpty() ? "0" : text;
  }

  private static String group(long number) {
    return String.format(Locale.ROOT, "%03d", number);
  }
}
