package io.mooring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The project's own files, seen from its root. */
public final class Project {
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final String THIS_MODULE = "e2e";

  private Project() {}

  public static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return here.endsWith(THIS_MODULE) ? here.getParent() : here;
  }

  public static String read(String file) {
    try {
      return Files.readString(root().resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** The folders of the modules that the root's pom names. */
  public static List<Path> modules() {
    return MODULE
        .matcher(read("pom.xml"))
        .results()
        .map(match -> root().resolve(match.group(1)))
        .toList();
  }
}
