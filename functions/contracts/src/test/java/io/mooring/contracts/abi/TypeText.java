package io.mooring.contracts.abi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.contracts.abi.AbiType.Tuple;

/** Types as signatures have them, such as {@code (uint8,string[2])[]}, made into an ABI's JSON. */
final class TypeText {
  private final String text;
  private int at;

  private TypeText(String text) {
    this.text = text;
  }

  /** Parameters without names. */
  static Tuple parameters(String text) {
    return AbiTypes.parameters(new TypeText(text).list(), "test");
  }

  private ArrayNode list() {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    at++;
    while (text.charAt(at) != ')') {
      list.add(type());
      at += text.charAt(at) == ',' ? 1 : 0;
    }
    at++;
    return list;
  }

  private ObjectNode type() {
    ObjectNode type = JsonNodeFactory.instance.objectNode();
    String word = "tuple";
    if (text.charAt(at) == '(') {
      type.set("components", list());
    } else {
      word = word("abcdefghijklmnopqrstuvwxyz0123456789");
    }
    return type.put("type", word + word("[]0123456789"));
  }

  private String word(String letters) {
    int from = at;
    while (at < text.length() && letters.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return text.substring(from, at);
  }
}
