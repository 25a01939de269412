package io.mooring.evm.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A command's arguments: {@code --name value}, {@code --name=value}, bare flags, and the rest. */
final class Options {
  private static final Set<String> FLAGS =
      Set.of("trace", "trace.memory", "trace.nostack", "trace.returndata", "bench", "verbose");

  private final Map<String, String> values = new HashMap<>();
  private final List<String> rest = new ArrayList<>();

  /** Arguments that make no sense, in words for whoever typed them. */
  static final class Misuse extends IllegalArgumentException {
    Misuse(String message) {
      super(message);
    }
  }

  private Options() {}

  static Options parse(List<String> arguments) {
    Options options = new Options();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (!argument.startsWith("--")) {
        options.rest.add(argument);
        continue;
      }
      int equals = argument.indexOf('=');
      String name = argument.substring(2, equals < 0 ? argument.length() : equals);
      if (equals >= 0) {
        options.values.put(name, argument.substring(equals + 1));
      } else if (FLAGS.contains(name)) {
        options.values.put(name, "true");
      } else if (i + 1 < arguments.size()) {
        options.values.put(name, arguments.get(++i));
      } else {
        throw new Misuse("--" + name + " needs a value");
      }
    }
    return options;
  }

  /** Refuses options that the command does not have. */
  Options allowing(String... names) {
    for (String name : values.keySet()) {
      if (!Set.of(names).contains(name)) {
        throw new Misuse("there is no option --" + name);
      }
    }
    return this;
  }

  /** Refuses arguments that are no options. */
  Options allowingNoOthers() {
    if (!rest.isEmpty()) {
      throw new Misuse("what is " + rest.getFirst() + "?");
    }
    return this;
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  boolean has(String flag) {
    return values.getOrDefault(flag, "false").equals("true");
  }

  long number(String name, long otherwise) {
    String text = values.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      return Long.decode(text);
    } catch (NumberFormatException notANumber) {
      throw new Misuse("--" + name + " needs a number, not " + text);
    }
  }

  List<String> rest() {
    return List.copyOf(rest);
  }
}
