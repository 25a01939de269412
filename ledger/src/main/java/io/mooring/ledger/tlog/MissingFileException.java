package io.mooring.ledger.tlog;

/** A file that the tree must have is not there, or is not as long as it must be. */
public final class MissingFileException extends RuntimeException {
  private final transient LogPath path;

  public MissingFileException(LogPath path) {
    super("the log has no whole " + path.text());
    this.path = path;
  }

  public LogPath path() {
    return path;
  }
}
