package io.mooring.contracts.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads Ethereum's values out of JSON, strictly, and refuses in go-ethereum's words. */
public final class Values {
  private static final int LONG_DIGITS = 16;
  private static final int WORD_DIGITS = 64;

  private Values() {}

  /** An unsigned number of 64 bits. */
  public static long number(JsonNode node) {
    String digits = quantityDigits(node);
    if (digits.length() > LONG_DIGITS) {
      throw new InvalidValue("hex number > 64 bits");
    }
    return Long.parseUnsignedLong(digits, 16);
  }

  public static U256 u256(JsonNode node) {
    String digits = quantityDigits(node);
    if (digits.length() > WORD_DIGITS) {
      throw new InvalidValue("hex number > 256 bits");
    }
    return digits.length() < LONG_DIGITS
        ? U256.of(Long.parseLong(digits, 16))
        : U256.of(new BigInteger(digits, 16));
  }

  public static byte[] bytes(JsonNode node) {
    String digits = prefixed(text(node));
    if (digits.length() % 2 != 0) {
      throw new InvalidValue("hex string of odd length");
    }
    return parse(digits);
  }

  public static Address address(JsonNode node) {
    return Address.of(fixed(node, Address.BYTES, "common.Address"));
  }

  public static Hash hash(JsonNode node) {
    return Hash.of(fixed(node, Hash.BYTES, "common.Hash"));
  }

  /** A storage key: a word, whose leading zeros may be left out. */
  public static U256 slot(JsonNode node) {
    String text = text(node);
    String digits = text.startsWith("0x") || text.startsWith("0X") ? text.substring(2) : text;
    if (digits.length() > WORD_DIGITS) {
      throw new InvalidValue(
          "unable to decode storage key: hex string too long, want at most 32 bytes");
    }
    return U256.of(parse(digits.length() % 2 == 0 ? digits : "0" + digits));
  }

  public static boolean flag(JsonNode node) {
    if (!node.isBoolean()) {
      throw new InvalidValue("a boolean was expected");
    }
    return node.booleanValue();
  }

  public static String text(JsonNode node) {
    if (!node.isTextual()) {
      throw new InvalidValue("a string was expected");
    }
    return node.textValue();
  }

  public static JsonNode object(JsonNode node) {
    if (!node.isObject()) {
      throw new InvalidValue("an object was expected");
    }
    return node;
  }

  /** The elements of an array. */
  public static <T> List<T> list(JsonNode node, Function<JsonNode, T> read) {
    if (!node.isArray()) {
      throw new InvalidValue("an array was expected");
    }
    List<T> values = new ArrayList<>(node.size());
    node.forEach(element -> values.add(read.apply(element)));
    return values;
  }

  /** A member of an object, where it is there and not null. */
  public static <T> Optional<T> member(JsonNode object, String name, Function<JsonNode, T> read) {
    JsonNode node = object.get(name);
    if (node == null || node.isNull()) {
      return Optional.empty();
    }
    try {
      return Optional.of(read.apply(node));
    } catch (InvalidValue invalid) {
      throw new InvalidValue(name + ": " + invalid.getMessage());
    }
  }

  /** Refuses members that nobody would read, which may be slips of the pen. */
  public static void onlyMembers(JsonNode object, Set<String> known) {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw new InvalidValue("unknown member " + name);
              }
            });
  }

  private static byte[] fixed(JsonNode node, int bytes, String type) {
    try {
      String digits = prefixed(text(node));
      if (digits.length() % 2 != 0) {
        throw new InvalidValue("hex string of odd length");
      }
      if (digits.length() != 2 * bytes) {
        throw new InvalidValue(
            "hex string has length " + digits.length() + ", want " + 2 * bytes + " for " + type);
      }
      return parse(digits);
    } catch (InvalidValue invalid) {
      throw new InvalidValue(
          "json: cannot unmarshal " + invalid.getMessage() + " into Go value of type " + type);
    }
  }

  private static String quantityDigits(JsonNode node) {
    String digits = prefixed(text(node));
    if (digits.isEmpty()) {
      throw new InvalidValue("hex string \"0x\"");
    }
    if (digits.length() > 1 && digits.charAt(0) == '0') {
      throw new InvalidValue("hex number with leading zero digits");
    }
    for (int i = 0; i < digits.length(); i++) {
      if (!HexFormat.isHexDigit(digits.charAt(i))) {
        throw new InvalidValue("invalid hex string");
      }
    }
    return digits;
  }

  private static String prefixed(String text) {
    if (text.isEmpty()) {
      throw new InvalidValue("empty hex string");
    }
    if (!text.startsWith("0x") && !text.startsWith("0X")) {
      throw new InvalidValue("hex string without 0x prefix");
    }
    return text.substring(2);
  }

  private static byte[] parse(String digits) {
    try {
      return HexFormat.of().parseHex(digits);
    } catch (IllegalArgumentException notHex) {
      throw new InvalidValue("invalid hex string");
    }
  }
}
