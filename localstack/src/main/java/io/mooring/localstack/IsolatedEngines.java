package io.mooring.localstack;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * The engines behind a class loader of their own, so that none of their libraries meets the
 * application's: what runs here is the very artifact that is deployed.
 */
public final class IsolatedEngines {
  private static final String ENGINES = "io.mooring.localstack.engine.Engines";
  private static final String JARS_BESIDE_OURS = "engines";

  private IsolatedEngines() {}

  /**
   * Starts the engines and returns the settings that lead to them.
   *
   * <p>Nobody stops them: the application may need them until the JVM has gone, and what they have
   * answered is in files.
   */
  public static Map<String, String> start(Engine engine, Path home) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    ClassLoader loader =
        new URLClassLoader(JARS_BESIDE_OURS, jars(), ClassLoader.getPlatformClassLoader());
    thread.setContextClassLoader(loader);
    try {
      Class<?> engines = Class.forName(ENGINES, true, loader);
      Object made =
          switch (engine) {
            case MEMORY -> engines.getMethod("inMemory").invoke(null);
            case FILE -> engines.getMethod("inFolder", Path.class).invoke(null, home);
            case LOCALSTACK -> throw new IllegalArgumentException("LocalStack is another process");
          };
      return settings(((Callable<?>) made).call());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @SuppressWarnings("unchecked") // Engines is a Callable<Map<String, String>>, seen from afar.
  private static Map<String, String> settings(Object called) {
    return (Map<String, String>) called;
  }

  private static URL[] jars() throws IOException, URISyntaxException {
    Path own =
        Path.of(IsolatedEngines.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> engines = Files.list(own.resolveSibling(JARS_BESIDE_OURS))) {
      return Stream.concat(Stream.of(own), engines).map(IsolatedEngines::url).toArray(URL[]::new);
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("not a jar's path: " + jar, e);
    }
  }
}
