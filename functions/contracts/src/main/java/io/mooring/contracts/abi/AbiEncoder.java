package io.mooring.contracts.abi;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.contracts.abi.AbiType.FixedSequence;
import io.mooring.contracts.abi.AbiType.Sequence;
import io.mooring.contracts.abi.AbiType.Tuple;
import io.mooring.contracts.simulation.Checksum;
import io.mooring.evm.Address;
import io.mooring.evm.U256;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Writes JSON as the bytes that a contract reads, and refuses whatever could be meant in two ways.
 *
 * <p>An integer is a decimal text, a hexadecimal one behind {@code 0x}, or a JSON number; bytes and
 * addresses are hexadecimal behind {@code 0x}; a tuple is a list, or an object where all its
 * members have names.
 */
public final class AbiEncoder {
  private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,77})");
  private static final Pattern HEX = Pattern.compile("0x[0-9a-fA-F]{1,64}");
  private static final int SHOWN_CHARACTERS_MAX = 40;

  private AbiEncoder() {}

  /**
   * A call of a function: its selector, and what it takes.
   *
   * @param arguments a list, or an object by the parameters' names
   * @throws AbiRefused if they are not what it takes
   */
  public static byte[] call(AbiItem.Function function, JsonNode arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(function.selector());
    bytes.writeBytes(encode(function.inputs(), arguments));
    return bytes.toByteArray();
  }

  /**
   * @throws AbiRefused if they are not what is wanted
   */
  public static byte[] encode(Tuple parameters, JsonNode arguments) {
    return members(parameters, arguments, "arguments");
  }

  /**
   * An amount of a chain's coin, in its smallest unit.
   *
   * @throws AbiRefused if it is none
   */
  public static U256 amount(JsonNode json, String path) {
    return U256.of(value(new AbiType.Uint(U256.BYTES * Byte.SIZE), json, path));
  }

  private static byte[] members(Tuple tuple, JsonNode value, String path) {
    List<AbiParameter> members = tuple.members();
    List<AbiType> types = members.stream().map(AbiParameter::type).toList();
    if (value.isArray()) {
      if (value.size() != members.size()) {
        throw AbiRefused.value(
            path, "has " + value.size() + " values and not " + members.size() + wanted(tuple));
      }
      return sequence(types, list(value), path, List.of());
    }
    if (!value.isObject() || !(tuple.isNamed() || members.isEmpty())) {
      throw AbiRefused.value(path, "is a list of " + members.size() + wanted(tuple));
    }
    List<String> names = members.stream().map(AbiParameter::name).toList();
    value
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!names.contains(name)) {
                throw AbiRefused.value(path, "has no " + name + wanted(tuple));
              }
            });
    List<JsonNode> values =
        names.stream()
            .map(
                name -> {
                  if (!value.has(name)) {
                    throw AbiRefused.value(path, "lacks " + name + wanted(tuple));
                  }
                  return value.get(name);
                })
            .toList();
    return sequence(types, values, path, names);
  }

  private static String wanted(Tuple tuple) {
    return ": it is " + tuple.canonical();
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  /** Heads, and behind them what stands apart. */
  private static byte[] sequence(
      List<AbiType> types, List<JsonNode> values, String path, List<String> names) {
    ByteArrayOutputStream heads = new ByteArrayOutputStream();
    ByteArrayOutputStream tails = new ByteArrayOutputStream();
    int headsBytes = types.stream().mapToInt(AbiType::headBytes).sum();
    for (int i = 0; i < types.size(); i++) {
      String at = names.isEmpty() ? path + "[" + i + "]" : path + "." + names.get(i);
      byte[] encoded = value(types.get(i), values.get(i), at);
      if (types.get(i).isDynamic()) {
        heads.writeBytes(word(BigInteger.valueOf((long) headsBytes + tails.size())));
        tails.writeBytes(encoded);
      } else {
        heads.writeBytes(encoded);
      }
    }
    heads.writeBytes(tails.toByteArray());
    return heads.toByteArray();
  }

  private static byte[] value(AbiType type, JsonNode json, String path) {
    return switch (type) {
      case AbiType.Uint(int bits) -> {
        BigInteger number = integer(json, path);
        if (number.signum() < 0 || number.bitLength() > bits) {
          throw AbiRefused.value(path, "is a number from 0 to 2^" + bits + " - 1");
        }
        yield word(number);
      }
      case AbiType.Int(int bits) -> {
        BigInteger number = integer(json, path);
        if (number.bitLength() > bits - 1) {
          int power = bits - 1;
          throw AbiRefused.value(path, "is a number from -2^" + power + " to 2^" + power + " - 1");
        }
        yield word(number);
      }
      case AbiType.Bool bool -> {
        if (!json.isBoolean()) {
          throw AbiRefused.value(path, "is true or false");
        }
        yield word(json.booleanValue() ? BigInteger.ONE : BigInteger.ZERO);
      }
      case AbiType.Account account -> word(new BigInteger(1, address(json, path).bytes()));
      case AbiType.FixedBytes(int length) ->
          Arrays.copyOf(bytes(json, path, length), AbiType.WORD_BYTES);
      case AbiType.FunctionPointer pointer ->
          Arrays.copyOf(bytes(json, path, AbiType.FunctionPointer.BYTES), AbiType.WORD_BYTES);
      case AbiType.Bytes bytes -> counted(bytes(json, path));
      case AbiType.Text text -> {
        if (!json.isTextual()) {
          throw AbiRefused.value(path, "is a text");
        }
        yield counted(json.textValue().getBytes(StandardCharsets.UTF_8));
      }
      case Sequence(AbiType of) -> {
        requireArray(json, path);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(word(BigInteger.valueOf(json.size())));
        bytes.writeBytes(
            sequence(Collections.nCopies(json.size(), of), list(json), path, List.of()));
        yield bytes.toByteArray();
      }
      case FixedSequence(AbiType of, int length) -> {
        requireArray(json, path);
        if (json.size() != length) {
          throw AbiRefused.value(path, "has " + json.size() + " values and not " + length);
        }
        yield sequence(Collections.nCopies(length, of), list(json), path, List.of());
      }
      case Tuple tuple -> members(tuple, json, path);
    };
  }

  private static void requireArray(JsonNode json, String path) {
    if (!json.isArray()) {
      throw AbiRefused.value(path, "is a list");
    }
  }

  private static BigInteger integer(JsonNode json, String path) {
    if (json.isIntegralNumber()) {
      return json.bigIntegerValue();
    }
    String text = json.isTextual() ? json.textValue() : "";
    if (DECIMAL.matcher(text).matches()) {
      return new BigInteger(text);
    }
    if (HEX.matcher(text).matches()) {
      return new BigInteger(text.substring(2), 16);
    }
    throw AbiRefused.value(path, "is a whole number, as a text in decimal or behind 0x");
  }

  /**
   * An address; where its letters are of both cases, they carry a checksum (EIP-55) that must hold.
   *
   * @throws AbiRefused if it is none
   */
  public static Address address(JsonNode json, String path) {
    byte[] bytes = bytes(json, path, Address.BYTES);
    Address address = Address.of(bytes);
    String digits = json.textValue().substring(2);
    boolean mixed =
        !digits.equals(digits.toLowerCase(Locale.ROOT))
            && !digits.equals(digits.toUpperCase(Locale.ROOT));
    if (mixed && !Checksum.of(address).substring(2).equals(digits)) {
      throw AbiRefused.value(path, "is an address whose checksum does not hold");
    }
    return address;
  }

  private static byte[] bytes(JsonNode json, String path, int length) {
    byte[] bytes = bytes(json, path);
    if (bytes.length != length) {
      throw AbiRefused.value(path, "has " + bytes.length + " bytes and not " + length);
    }
    return bytes;
  }

  /**
   * Bytes in hexadecimal behind {@code 0x}.
   *
   * @throws AbiRefused if it is not that
   */
  public static byte[] bytes(JsonNode json, String path) {
    String text = json.isTextual() ? json.textValue() : "";
    if (!text.startsWith("0x")) {
      throw AbiRefused.value(path, "is hexadecimal behind 0x");
    }
    try {
      return HexFormat.of().parseHex(text, 2, text.length());
    } catch (IllegalArgumentException e) {
      String shown = text.substring(0, Math.min(text.length(), SHOWN_CHARACTERS_MAX));
      throw AbiRefused.value(path, "is hexadecimal, two digits a byte, which is not " + shown);
    }
  }

  private static byte[] counted(byte[] bytes) {
    int words = (bytes.length + AbiType.WORD_BYTES - 1) / AbiType.WORD_BYTES;
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    encoded.writeBytes(word(BigInteger.valueOf(bytes.length)));
    encoded.writeBytes(Arrays.copyOf(bytes, words * AbiType.WORD_BYTES));
    return encoded.toByteArray();
  }

  private static byte[] word(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] word = new byte[AbiType.WORD_BYTES];
    if (number.signum() < 0) {
      Arrays.fill(word, (byte) -1);
    }
    int length = Math.min(bytes.length, AbiType.WORD_BYTES);
    System.arraycopy(bytes, bytes.length - length, word, AbiType.WORD_BYTES - length, length);
    return word;
  }
}
