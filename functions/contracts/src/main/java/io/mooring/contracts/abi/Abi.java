package io.mooring.contracts.abi;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.contracts.abi.AbiItem.Constructor;
import io.mooring.contracts.abi.AbiItem.Event;
import io.mooring.contracts.abi.AbiItem.Function;
import io.mooring.contracts.abi.AbiItem.Mutability;
import io.mooring.contracts.abi.AbiType.Tuple;
import io.mooring.evm.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The description of a contract, as compilers give it. */
public record Abi(
    Constructor constructor,
    List<Function> functions,
    List<Event> events,
    List<AbiItem.Error> errors) {
  public static final int ITEMS_MAX = 2_000;

  private static final Pattern NAME = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]{0,255}");

  /** What Solidity itself reverts with. */
  private static final List<AbiItem.Error> BUILT_IN =
      List.of(error("Error", new AbiType.Text()), error("Panic", new AbiType.Uint(256)));

  public Abi {
    functions = List.copyOf(functions);
    events = List.copyOf(events);
    errors = List.copyOf(errors);
  }

  private static AbiItem.Error error(String name, AbiType type) {
    return new AbiItem.Error(name, new Tuple(List.of(new AbiParameter("", type, false))));
  }

  /**
   * @throws AbiRefused if it is none
   */
  public static Abi parse(JsonNode json) {
    if (!json.isArray() || json.size() > ITEMS_MAX) {
      throw AbiRefused.abi("abi is a list of at most " + ITEMS_MAX);
    }
    Constructor constructor = new Constructor(new Tuple(List.of()), Mutability.NONPAYABLE);
    List<Function> functions = new ArrayList<>();
    List<Event> events = new ArrayList<>();
    List<AbiItem.Error> errors = new ArrayList<>();
    int index = 0;
    for (JsonNode item : json) {
      String where = "abi[" + index++ + "]";
      Tuple inputs = AbiTypes.parameters(item.path("inputs"), where + ".inputs");
      switch (item.path("type").asText("function")) {
        case "constructor" -> constructor = new Constructor(inputs, mutability(item, where));
        case "function" ->
            functions.add(
                new Function(
                    name(item, where),
                    inputs,
                    AbiTypes.parameters(item.path("outputs"), where + ".outputs"),
                    mutability(item, where)));
        case "event" ->
            events.add(
                new Event(name(item, where), inputs, item.path("anonymous").asBoolean(false)));
        case "error" -> errors.add(new AbiItem.Error(name(item, where), inputs));
        case "fallback", "receive" -> mutability(item, where);
        default -> throw AbiRefused.abi(where + " is of no type that an ABI knows");
      }
    }
    return new Abi(constructor, functions, events, errors);
  }

  private static String name(JsonNode item, String where) {
    String name = item.path("name").asText("");
    if (!NAME.matcher(name).matches()) {
      throw AbiRefused.abi(where + " has no name");
    }
    return name;
  }

  /** Compilers before 0.5 said it by two flags. */
  private static Mutability mutability(JsonNode item, String where) {
    JsonNode said = item.path("stateMutability");
    if (said.isMissingNode()) {
      boolean payable = item.path("payable").asBoolean(false);
      boolean constant = item.path("constant").asBoolean(false);
      return constant ? Mutability.VIEW : payable ? Mutability.PAYABLE : Mutability.NONPAYABLE;
    }
    for (Mutability mutability : Mutability.values()) {
      if (mutability.name().toLowerCase(Locale.ROOT).equals(said.asText())) {
        return mutability;
      }
    }
    throw AbiRefused.abi(where + ".stateMutability is pure, view, nonpayable or payable");
  }

  /** The functions of that name, or the one of that signature. */
  public List<Function> functions(String nameOrSignature) {
    return functions.stream().filter(function -> isCalled(function, nameOrSignature)).toList();
  }

  /** The events of that name, or the one of that signature. */
  public List<Event> events(String nameOrSignature) {
    return events.stream().filter(event -> isCalled(event, nameOrSignature)).toList();
  }

  private static boolean isCalled(AbiItem item, String nameOrSignature) {
    return item.name().equals(nameOrSignature) || item.signature().equals(nameOrSignature);
  }

  /** The event that a log with these topics tells, if its first topic says so. */
  public Optional<Event> event(List<Hash> topics) {
    return topics.isEmpty()
        ? Optional.empty()
        : events.stream()
            .filter(event -> !event.anonymous())
            .filter(event -> event.signatureHash().equals(topics.getFirst()))
            .filter(event -> indexed(event) == topics.size() - 1)
            .findFirst();
  }

  private static long indexed(Event event) {
    return event.inputs().members().stream().filter(AbiParameter::indexed).count();
  }

  /** The error that code reverted with, if the contract, or Solidity, knows it. */
  public Optional<AbiItem.Error> error(byte[] data) {
    if (data.length < AbiItem.SELECTOR_BYTES) {
      return Optional.empty();
    }
    byte[] selector = Arrays.copyOf(data, AbiItem.SELECTOR_BYTES);
    return Stream.concat(errors.stream(), BUILT_IN.stream())
        .filter(error -> Arrays.equals(error.selector(), selector))
        .findFirst();
  }
}
