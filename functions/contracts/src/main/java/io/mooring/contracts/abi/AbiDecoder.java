package io.mooring.contracts.abi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.mooring.contracts.abi.AbiType.FixedSequence;
import io.mooring.contracts.abi.AbiType.Sequence;
import io.mooring.contracts.abi.AbiType.Tuple;
import io.mooring.contracts.simulation.Checksum;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.Log;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/**
 * Reads what a contract says as JSON: integers of up to 48 bits as numbers and wider ones as
 * decimal texts, bytes in hexadecimal, addresses with their checksum, a tuple as an object where
 * all its members have names and else as a list. What no contract that keeps to its ABI says is
 * refused.
 */
public final class AbiDecoder {
  /** How many values one decoding gives at most; offsets let few bytes say many. */
  public static final int VALUES_MAX = 100_000;

  /** The widest integer of which every one is exact in every JSON reader. */
  private static final int NUMBER_BITS_MAX = 48;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final byte[] data;
  private int valuesLeft = VALUES_MAX;

  private AbiDecoder(byte[] data) {
    this.data = data;
  }

  /**
   * All of a tuple's members.
   *
   * @throws AbiRefused if the bytes are none
   */
  public static JsonNode decode(Tuple tuple, byte[] data) {
    return new AbiDecoder(data).tuple(tuple, 0);
  }

  /**
   * What a function gave: null for nothing, the value where it is one, and else all of them.
   *
   * @throws AbiRefused if the bytes are not what it says that it gives
   */
  public static JsonNode result(Tuple outputs, byte[] data) {
    if (outputs.members().isEmpty()) {
      return NullNode.instance;
    }
    if (outputs.members().size() > 1) {
      return decode(outputs, data);
    }
    AbiDecoder decoder = new AbiDecoder(data);
    return decoder.sequence(List.of(outputs.members().getFirst().type()), 0).get(0);
  }

  /**
   * What an error told besides its selector.
   *
   * @throws AbiRefused if the bytes are not that
   */
  public static JsonNode error(AbiItem.Error error, byte[] data) {
    return decode(error.inputs(), Arrays.copyOfRange(data, AbiItem.SELECTOR_BYTES, data.length));
  }

  /**
   * What an event told. Of what is indexed and does not fit a topic there is only its hash.
   *
   * @throws AbiRefused if the log is not that event
   */
  public static JsonNode event(AbiItem.Event event, Log log) {
    List<AbiParameter> all = event.inputs().members();
    List<AbiParameter> plain = all.stream().filter(member -> !member.indexed()).toList();
    List<AbiType> types = plain.stream().map(AbiParameter::type).toList();
    ArrayNode values = new AbiDecoder(log.data()).sequence(types, 0);
    boolean named = event.inputs().isNamed();
    ObjectNode object = JSON.objectNode();
    ArrayNode array = JSON.arrayNode();
    int topic = event.anonymous() ? 0 : 1;
    int value = 0;
    for (AbiParameter member : all) {
      JsonNode told =
          member.indexed() ? topic(member.type(), log.topics().get(topic++)) : values.get(value++);
      object.set(member.name(), told);
      array.add(told);
    }
    return named || all.isEmpty() ? object : array;
  }

  private static JsonNode topic(AbiType type, Hash topic) {
    return switch (type) {
      case AbiType.Uint number -> new AbiDecoder(topic.bytes()).value(type, 0);
      case AbiType.Int number -> new AbiDecoder(topic.bytes()).value(type, 0);
      case AbiType.Bool bool -> new AbiDecoder(topic.bytes()).value(type, 0);
      case AbiType.Account account -> new AbiDecoder(topic.bytes()).value(type, 0);
      case AbiType.FixedBytes bytes -> new AbiDecoder(topic.bytes()).value(type, 0);
      case AbiType.FunctionPointer pointer -> new AbiDecoder(topic.bytes()).value(type, 0);
      case AbiType.Bytes bytes -> hashOf(topic);
      case AbiType.Text text -> hashOf(topic);
      case Sequence sequence -> hashOf(topic);
      case FixedSequence sequence -> hashOf(topic);
      case Tuple tuple -> hashOf(topic);
    };
  }

  private static JsonNode hashOf(Hash topic) {
    return JSON.objectNode().put("keccak256", topic.toString());
  }

  private JsonNode tuple(Tuple tuple, int base) {
    ArrayNode values = sequence(tuple.members().stream().map(AbiParameter::type).toList(), base);
    if (!tuple.isNamed()) {
      return values;
    }
    ObjectNode object = JSON.objectNode();
    for (int i = 0; i < values.size(); i++) {
      object.set(tuple.members().get(i).name(), values.get(i));
    }
    return object;
  }

  private ArrayNode sequence(List<AbiType> types, int base) {
    ArrayNode values = JSON.arrayNode();
    int head = base;
    for (AbiType type : types) {
      values.add(value(type, type.isDynamic() ? base + index(head, "an offset") : head));
      head += type.headBytes();
    }
    return values;
  }

  private JsonNode value(AbiType type, int at) {
    if (--valuesLeft < 0) {
      throw AbiRefused.encoding("it has more than " + VALUES_MAX + " values");
    }
    return switch (type) {
      case AbiType.Uint(int bits) -> number(new BigInteger(1, word(at)), bits, bits);
      case AbiType.Int(int bits) -> number(new BigInteger(word(at)), bits, bits - 1);
      case AbiType.Bool bool -> {
        BigInteger flag = new BigInteger(1, word(at));
        if (flag.bitLength() > 1) {
          throw AbiRefused.encoding("a bool is neither 0 nor 1");
        }
        yield BooleanNode.valueOf(flag.signum() != 0);
      }
      case AbiType.Account account -> {
        byte[] word = word(at);
        requireZeros(word, 0, AbiType.WORD_BYTES - Address.BYTES);
        byte[] address =
            Arrays.copyOfRange(word, AbiType.WORD_BYTES - Address.BYTES, AbiType.WORD_BYTES);
        yield new TextNode(Checksum.of(Address.of(address)));
      }
      case AbiType.FixedBytes(int length) -> fixed(at, length);
      case AbiType.FunctionPointer pointer -> fixed(at, AbiType.FunctionPointer.BYTES);
      case AbiType.Bytes bytes -> hex(counted(at));
      case AbiType.Text text -> text(counted(at));
      case Sequence(AbiType of) -> {
        int count = count(at);
        yield sequence(Collections.nCopies(count, of), at + AbiType.WORD_BYTES);
      }
      case FixedSequence(AbiType of, int length) -> {
        requireValues(length);
        yield sequence(Collections.nCopies(length, of), at);
      }
      case Tuple tuple -> tuple(tuple, at);
    };
  }

  private static JsonNode number(BigInteger number, int bits, int magnitudeBits) {
    if (number.bitLength() > magnitudeBits) {
      throw AbiRefused.encoding("a number does not fit its " + bits + " bits");
    }
    return bits <= NUMBER_BITS_MAX
        ? new LongNode(number.longValueExact())
        : new TextNode(number.toString());
  }

  private JsonNode fixed(int at, int length) {
    byte[] word = word(at);
    requireZeros(word, length, AbiType.WORD_BYTES);
    return hex(Arrays.copyOf(word, length));
  }

  private static JsonNode hex(byte[] bytes) {
    return new TextNode("0x" + HexFormat.of().formatHex(bytes));
  }

  private static JsonNode text(byte[] utf8) {
    try {
      return new TextNode(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException e) {
      throw AbiRefused.encoding("a text is not UTF-8");
    }
  }

  private byte[] counted(int at) {
    int length = index(at, "a length");
    int from = at + AbiType.WORD_BYTES;
    if (length > data.length - from) {
      throw AbiRefused.encoding("bytes end after the data does");
    }
    return Arrays.copyOfRange(data, from, from + length);
  }

  private int count(int at) {
    int count = index(at, "a count");
    requireValues(count);
    return count;
  }

  private void requireValues(int count) {
    if (count > valuesLeft) {
      throw AbiRefused.encoding("it has more than " + VALUES_MAX + " values");
    }
  }

  /** A word that counts bytes or values of the data, so that it is no more than it has. */
  private int index(int at, String what) {
    BigInteger number = new BigInteger(1, word(at));
    if (number.bitLength() >= Integer.SIZE - 1 || number.intValue() > data.length) {
      throw AbiRefused.encoding(what + " leads beyond the data");
    }
    return number.intValue();
  }

  private byte[] word(int at) {
    if (at < 0 || at > data.length - AbiType.WORD_BYTES) {
      throw AbiRefused.encoding("it ends after " + data.length + " bytes");
    }
    return Arrays.copyOfRange(data, at, at + AbiType.WORD_BYTES);
  }

  private static void requireZeros(byte[] word, int from, int to) {
    for (int i = from; i < to; i++) {
      if (word[i] != 0) {
        throw AbiRefused.encoding("a word is not filled up with zeros");
      }
    }
  }
}
