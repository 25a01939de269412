package io.mooring.platform.problem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the project's pages from whichever folder a test runs in. */
public final class Docs {
  private Docs() {}

  public static Path file(String name) {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve(name))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new AssertionError(name + " is not above the working directory");
      }
    }
    return folder.resolve(name);
  }

  /** The text under a heading of the second level, up to the next one. */
  public static String section(String name, String heading) {
    String page = read(name);
    int from = page.indexOf("\n## " + heading + "\n");
    if (from < 0) {
      throw new AssertionError(name + " has no heading " + heading);
    }
    int to = page.indexOf("\n## ", from + 1);
    return page.substring(from, to < 0 ? page.length() : to);
  }

  private static String read(String name) {
    try {
      return Files.readString(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
