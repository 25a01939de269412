package io.mooring.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The file that a shell sources to talk to the local stack. */
final class DevEnv {
  static final String FILE = "dev.env";
  static final String URL = "MOORING_URL";
  static final String API_KEY = "MOORING_API_KEY";
  static final String RPC_URL = "MOORING_RPC_URL";
  static final String OPERATOR_KEY = "MOORING_OPERATOR_KEY";

  private DevEnv() {}

  /** Returns what the last run wrote; nothing, if there was none. */
  static Map<String, String> read(Home home) throws IOException {
    if (!Files.exists(home.file(FILE))) {
      return Map.of();
    }
    return Files.readAllLines(home.file(FILE)).stream()
        .map(line -> line.split("=", 2))
        .filter(pair -> pair.length == 2)
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  static void write(Home home, Map<String, String> variables) throws IOException {
    home.write(
        FILE,
        new TreeMap<>(variables)
            .entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue() + "\n")
                .collect(Collectors.joining()));
  }
}
