package io.mooring.localstack;

import java.nio.file.Path;
import java.util.Map;

/** What the environment says about this run. */
record Settings(Path home, int httpPort, Engine engine) {
  private static final String HOME = "MOORING_HOME";
  static final String HTTP_PORT = "MOORING_HTTP_PORT";
  private static final String ENGINE = "MOORING_ENGINE";

  static Settings of(Map<String, String> environment) {
    return new Settings(
        Path.of(environment.getOrDefault(HOME, ".mooring")).toAbsolutePath().normalize(),
        port(HTTP_PORT, environment.getOrDefault(HTTP_PORT, "8080")),
        Engine.named(environment.getOrDefault(ENGINE, "file")));
  }

  private static int port(String name, String value) {
    if (!value.matches("[1-9][0-9]{0,4}") || Integer.parseInt(value) > 0xFFFF) {
      throw new StartRefusedException(name + " is '" + value + "', which is no port");
    }
    return Integer.parseInt(value);
  }
}
