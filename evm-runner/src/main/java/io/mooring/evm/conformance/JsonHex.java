package io.mooring.evm.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import java.math.BigInteger;
import java.util.HexFormat;

/**
 * The ways in which Ethereum's test files write values.
 *
 * <p>What does not fit is an {@link IllegalArgumentException}: some tests are about just that.
 */
public final class JsonHex {
  private static final String BIG = "0x:bigint ";

  private JsonHex() {}

  public static U256 u256(JsonNode node) {
    return U256.of(integer(node));
  }

  /** An unsigned 64-bit number. */
  public static long number(JsonNode node) {
    BigInteger value = integer(node);
    if (value.signum() < 0 || value.bitLength() > Long.SIZE) {
      throw new IllegalArgumentException("not an unsigned 64-bit number: " + node);
    }
    return value.longValue();
  }

  public static long number(JsonNode parent, String field, long otherwise) {
    return has(parent, field) ? number(parent.get(field)) : otherwise;
  }

  public static U256 u256(JsonNode parent, String field, U256 otherwise) {
    return has(parent, field) ? u256(parent.get(field)) : otherwise;
  }

  public static byte[] bytes(JsonNode node) {
    String digits = withoutPrefix(node.asText());
    return HexFormat.of().parseHex(digits.length() % 2 == 0 ? digits : "0" + digits);
  }

  public static Address address(JsonNode node) {
    return Address.of(bytes(node));
  }

  public static Hash hash(JsonNode node) {
    return Hash.of(bytes(node));
  }

  /** Whether the field is there and is not null. */
  public static boolean has(JsonNode parent, String field) {
    return parent.hasNonNull(field);
  }

  static BigInteger integer(JsonNode node) {
    return integer(node.asText());
  }

  static BigInteger integer(String text) {
    String digits = text.startsWith(BIG) ? text.substring(BIG.length()) : text;
    if (!digits.startsWith("0x")) {
      return new BigInteger(digits);
    }
    return digits.length() == 2 ? BigInteger.ZERO : new BigInteger(digits.substring(2), 16);
  }

  private static String withoutPrefix(String text) {
    return text.startsWith("0x") ? text.substring(2) : text;
  }
}
