package io.mooring.ledger.tlog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** A log's static files in a folder: a mirror, or what a web server shows. */
public record LogFolder(Path root) implements LogFiles {
  @Override
  public Optional<byte[]> read(LogPath path) {
    try (InputStream in = Files.newInputStream(at(path))) {
      return Optional.of(in.readNBytes(path.bytesMax() + 1)); // one more shows that it is too long
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + at(path), e);
    }
  }

  public boolean has(LogPath path) {
    return Files.isRegularFile(at(path));
  }

  /** Writes a file whole or not at all, so that a copy that is cut short can go on. */
  public void write(LogPath path, byte[] bytes) {
    Path file = at(path);
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.createDirectories(part.getParent());
      Files.write(part, bytes);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private Path at(LogPath path) {
    return root.resolve(path.text());
  }
}
