package io.mooring.contracts.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.evm.U256;

/** The result of a method, which knows how to write itself. */
@FunctionalInterface
public interface Answer {
  /** What is asked for is not there. */
  Answer NOTHING = JsonOutput::nothing;

  void write(JsonOutput out);

  static Answer quantity(long unsigned) {
    return text(Hex.quantity(unsigned));
  }

  static Answer quantity(U256 value) {
    return text(Hex.quantity(value));
  }

  static Answer data(byte[] bytes) {
    return text(Hex.data(bytes));
  }

  static Answer text(String value) {
    return out -> out.text(value);
  }

  static Answer flag(boolean value) {
    return out -> out.flag(value);
  }

  static Answer tree(JsonNode value) {
    return out -> out.tree(value);
  }
}
