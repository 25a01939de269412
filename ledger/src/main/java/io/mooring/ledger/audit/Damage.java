package io.mooring.ledger.audit;

import io.mooring.ledger.tlog.LogPath;
import io.mooring.ledger.tlog.LogPath.OfBundle;
import io.mooring.ledger.tlog.LogPath.OfCheckpoint;
import io.mooring.ledger.tlog.LogPath.OfTile;

/** One place of a log that is not as it must be: a file, or one position in it. */
public record Damage(Kind kind, LogPath file, int position) {
  /** The position of a damage that is not at one position. */
  public static final int WHOLE_FILE = -1;

  /** What is wrong there. */
  public enum Kind {
    /** The tree has this file, and it is not there. */
    MISSING("is not there"),
    /** The file is not made as such a file is: its length, or a length in it, is wrong. */
    MALFORMED("is not of its form"),
    /** What is here is not what the tree above it commits to. */
    ALTERED("is not what the signed tree commits to"),
    /** Either this is damaged or what it was compared with is; what stands above fits neither. */
    DOUBTFUL("does not fit what it is compared with, and nothing above tells which is right");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  static Damage ofFile(Kind kind, LogPath file) {
    return new Damage(kind, file, WHOLE_FILE);
  }

  /** One line in plain words: the file, the place in it, what is wrong. */
  public String inWords() {
    return file.text() + place() + " " + kind.words;
  }

  /** The place in the file, as it follows the file's name; empty for the whole of it. */
  String place() {
    if (position == WHOLE_FILE) {
      return "";
    }
    return switch (file) {
      case OfBundle bundle -> ": entry " + (bundle.index() * LogPath.FULL_WIDTH + position);
      case OfTile tile -> ": hash " + position;
      case OfCheckpoint checkpoint -> "";
    };
  }
}
