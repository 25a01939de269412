package io.mooring.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Environments that outlived a harness that was killed: a runtime that finds its API gone does not
 * end by itself, because in the cloud it is ended.
 */
final class Leftovers {
  private static final String PIDS = ".pid";

  private Leftovers() {}

  /** Writes down in {@code folder} which process that is, and since when. */
  static void remember(Path folder, String name, ProcessHandle process) {
    try {
      Files.writeString(folder.resolve(name + PIDS), said(process));
    } catch (IOException e) {
      process.destroyForcibly();
      throw new UncheckedIOException("an environment cannot be written down", e);
    }
  }

  /** Ends what is written down in {@code folder} and still runs. */
  static void end(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + PIDS)) {
      for (Path file : files) {
        String said = Files.readString(file);
        Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(said.split(" ")[0]));
        // A number is given to another process some day, but not one that began at that instant.
        process.filter(same -> said(same).equals(said)).ifPresent(ProcessHandle::destroyForcibly);
        Files.delete(file);
      }
    }
  }

  private static String said(ProcessHandle process) {
    return process.pid() + " " + process.info().startInstant().map(Object::toString).orElse("");
  }
}
