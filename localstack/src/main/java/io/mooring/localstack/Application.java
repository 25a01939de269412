package io.mooring.localstack;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/**
 * What is run over the engines in place of the application in this JVM, where the class path has
 * such a thing: the same application as functions, for one.
 */
public interface Application {
  /** Serves {@code url} until the process ends; {@code home} is where it may write. */
  void run(Map<String, String> settings, URI url, Path home) throws Exception;
}
