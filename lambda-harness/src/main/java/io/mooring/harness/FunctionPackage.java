package io.mooring.harness;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * A function's zip, unpacked as Lambda unpacks it, and how its runtime starts it: AWS's own runtime
 * interface client for a JVM package, the {@code bootstrap} inside for a native one.
 */
public final class FunctionPackage {
  private static final String HANDLER =
      "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest";
  private static final String RUNTIME =
      "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  /** Where the runtime finds its native client; else it would write it to one place for all. */
  private static final String NATIVE_CLIENT =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  private static final String LIBRARIES = "lib";

  private final Path root;
  private final String classPath;
  private final Path nativeClient;

  private FunctionPackage(Path root, String classPath, Path nativeClient) {
    this.root = root;
    this.classPath = classPath;
    this.nativeClient = nativeClient;
  }

  /** Unpacks {@code zip} into {@code folder}; {@code runtimeJars} is the runtime's class path. */
  public static FunctionPackage unpacked(Path zip, Path folder, String runtimeJars)
      throws IOException {
    try (InputStream file = Files.newInputStream(zip);
        ZipInputStream entries = new ZipInputStream(file)) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        Path to = folder.resolve(entry.getName()).normalize();
        if (!to.startsWith(folder)) {
          throw new IOException("an entry leaves the folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(to);
        } else {
          Files.createDirectories(to.getParent());
          Files.copy(entries, to);
        }
      }
    }
    return new FunctionPackage(folder, runtimeJars, nativeClient(runtimeJars, folder));
  }

  private static Path nativeClient(String runtimeJars, Path folder) throws IOException {
    String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
    String name = "jni/libaws-lambda-jni.linux-" + machine + ".so";
    for (String jar : runtimeJars.split(File.pathSeparator)) {
      try (ZipFile file = new ZipFile(jar)) {
        ZipEntry entry = file.getEntry(name);
        if (entry != null) {
          Path to = folder.resolveSibling(folder.getFileName() + "-native-client.so");
          try (InputStream library = file.getInputStream(entry)) {
            Files.copy(library, to);
          }
          return to;
        }
      }
    }
    throw new IOException("the runtime has no " + name);
  }

  Path root() {
    return root;
  }

  /**
   * The same code on the JVM's own class path, as in an image or behind a wrapper, and not in a
   * class loader that the runtime makes: an AOT cache holds only classes of the former, and only
   * out of jars.
   */
  public FunctionPackage onTheClassPath() throws IOException {
    Path own = root.resolveSibling(root.getFileName() + ".jar");
    try (OutputStream file = Files.newOutputStream(own);
        JarOutputStream jar = new JarOutputStream(file);
        Stream<Path> inside = Files.walk(root)) {
      for (Path each : inside.filter(Files::isRegularFile).sorted().toList()) {
        if (!each.startsWith(root.resolve(LIBRARIES))) {
          jar.putNextEntry(new ZipEntry(root.relativize(each).toString()));
          Files.copy(each, jar);
        }
      }
    }
    try (Stream<Path> jars = Files.list(root.resolve(LIBRARIES))) {
      return new FunctionPackage(
          root,
          Stream.concat(Stream.of(classPath, own.toString()), jars.map(Path::toString).sorted())
              .collect(Collectors.joining(File.pathSeparator)),
          nativeClient);
    }
  }

  /** The command that starts the runtime. */
  List<String> command(List<String> javaOptions) {
    Path bootstrap = root.resolve("bootstrap");
    if (Files.exists(bootstrap)) {
      return List.of(bootstrap.toString());
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions);
    command.add("-D" + NATIVE_CLIENT + "=" + nativeClient);
    command.addAll(List.of("-cp", classPath, RUNTIME, HANDLER));
    return command;
  }

  /** What the runtime is told of the package by its environment. */
  Map<String, String> variables() {
    return Map.of("LAMBDA_TASK_ROOT", root.toString(), "_HANDLER", HANDLER);
  }
}
