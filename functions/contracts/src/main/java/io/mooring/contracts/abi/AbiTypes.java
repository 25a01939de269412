package io.mooring.contracts.abi;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.contracts.abi.AbiType.FixedSequence;
import io.mooring.contracts.abi.AbiType.Sequence;
import io.mooring.contracts.abi.AbiType.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads types as the JSON of an ABI has them. */
final class AbiTypes {
  /** How deep types lie in types. */
  static final int DEPTH_MAX = 16;

  /** What a value of static type takes at most; more fits into no call. */
  static final int STATIC_BYTES_MAX = 1 << 20;

  private static final int NAME_CHARACTERS_MAX = 256;
  private static final int BITS_MAX = 256;
  private static final Pattern TYPE =
      Pattern.compile("([a-z]+)([1-9][0-9]{0,2})?((?:\\[(?:0|[1-9][0-9]{0,8})?])*)");
  private static final Pattern ARRAY = Pattern.compile("\\[([0-9]*)]");

  private AbiTypes() {}

  static int bounded(long bytes) {
    if (bytes > STATIC_BYTES_MAX) {
      throw AbiRefused.abi("a type takes more than " + STATIC_BYTES_MAX + " bytes");
    }
    return (int) bytes;
  }

  /** A list of parameters, which the JSON may leave out. */
  static Tuple parameters(JsonNode list, String where) {
    return parameters(list, where, 0);
  }

  private static Tuple parameters(JsonNode list, String where, int depth) {
    if (list.isMissingNode()) {
      return new Tuple(List.of());
    }
    if (!list.isArray()) {
      throw AbiRefused.abi(where + " is a list");
    }
    if (depth > DEPTH_MAX) {
      throw AbiRefused.abi(where + " lies deeper than " + DEPTH_MAX + " types");
    }
    List<AbiParameter> parameters = new ArrayList<>();
    for (JsonNode json : list) {
      String at = where + "[" + parameters.size() + "]";
      String name = json.path("name").asText("");
      if (name.length() > NAME_CHARACTERS_MAX) {
        throw AbiRefused.abi(at + " has a name of more than " + NAME_CHARACTERS_MAX);
      }
      parameters.add(
          new AbiParameter(name, type(json, at, depth), json.path("indexed").asBoolean(false)));
    }
    Tuple tuple = new Tuple(parameters);
    bounded(tuple.headsBytes());
    return tuple;
  }

  private static AbiType type(JsonNode json, String where, int depth) {
    String text = json.path("type").asText("");
    Matcher parts = TYPE.matcher(text);
    if (!parts.matches()) {
      throw AbiRefused.abi(where + " has no type, but '" + shortened(text) + "'");
    }
    AbiType type =
        parts.group(1).equals("tuple") && parts.group(2) == null
            ? parameters(required(json, where), where + ".components", depth + 1)
            : plain(parts.group(1), parts.group(2) == null ? "" : parts.group(2), where);
    Matcher array = ARRAY.matcher(parts.group(3));
    for (int dimensions = 1; array.find(); dimensions++) {
      if (depth + dimensions > DEPTH_MAX) {
        throw AbiRefused.abi(where + " lies deeper than " + DEPTH_MAX + " types");
      }
      String length = array.group(1);
      type =
          length.isEmpty() ? new Sequence(type) : new FixedSequence(type, Integer.parseInt(length));
      bounded(type.headBytes());
    }
    return type;
  }

  private static JsonNode required(JsonNode json, String where) {
    JsonNode components = json.path("components");
    if (components.isMissingNode()) {
      throw AbiRefused.abi(where + " is a tuple without components");
    }
    return components;
  }

  private static AbiType plain(String word, String size, String where) {
    int number = size.isEmpty() ? 0 : Integer.parseInt(size);
    boolean isBits = number % 8 == 0 && number <= BITS_MAX;
    return switch (word + (size.isEmpty() ? "" : "#")) {
      case "uint" -> new AbiType.Uint(BITS_MAX);
      case "int" -> new AbiType.Int(BITS_MAX);
      case "bool" -> new AbiType.Bool();
      case "address" -> new AbiType.Account();
      case "bytes" -> new AbiType.Bytes();
      case "string" -> new AbiType.Text();
      case "function" -> new AbiType.FunctionPointer();
      case "uint#" -> isBits ? new AbiType.Uint(number) : unknown(word + size, where);
      case "int#" -> isBits ? new AbiType.Int(number) : unknown(word + size, where);
      case "bytes#" ->
          number <= AbiType.WORD_BYTES
              ? new AbiType.FixedBytes(number)
              : unknown(word + size, where);
      default -> unknown(word + size, where);
    };
  }

  private static AbiType unknown(String type, String where) {
    throw AbiRefused.abi(where + " is of type " + shortened(type) + ", which is none");
  }

  private static String shortened(String text) {
    return text.length() > NAME_CHARACTERS_MAX ? text.substring(0, NAME_CHARACTERS_MAX) : text;
  }
}
