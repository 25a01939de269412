package io.mooring.harness;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The packages that {@code make lambda} builds, and the runtime to start them with. */
public final class Packages {
  private final FunctionPackage api;
  private final FunctionPackage jobs;

  private Packages(FunctionPackage api, FunctionPackage jobs) {
    this.api = api;
    this.jobs = jobs;
  }

  /** Unpacks both into {@code folder}. */
  public static Packages unpacked(Path folder) throws IOException {
    return new Packages(unpacked("api", folder), unpacked("jobs", folder));
  }

  private static FunctionPackage unpacked(String module, Path folder) throws IOException {
    Path zip = root().resolve("functions/" + module + "/target/function.zip");
    if (!Files.exists(zip)) {
      throw new IllegalStateException("there is no " + zip + ": make lambda builds it");
    }
    return FunctionPackage.unpacked(
        zip, Files.createDirectories(folder.resolve(module)), runtime());
  }

  public FunctionPackage api() {
    return api;
  }

  public FunctionPackage jobs() {
    return jobs;
  }

  /** The class path of AWS's runtime interface client. */
  static String runtime() {
    try (Stream<Path> jars = Files.list(root().resolve("lambda-harness/target/runtime"))) {
      return jars.map(Path::toString).sorted().collect(Collectors.joining(File.pathSeparator));
    } catch (IOException e) {
      throw new UncheckedIOException("the runtime is not there", e);
    }
  }

  /** The project's folder: three above the jar, or the folder of classes, that this is in. */
  static Path root() {
    try {
      Path own =
          Path.of(Packages.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return own.resolve("../../..").normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
