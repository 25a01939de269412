package io.mooring.evm.conformance;

import com.fasterxml.jackson.databind.JsonNode;

/** Which of a state test's data, gas limits and values a case takes. */
record Indexes(int data, int gas, int value) {
  static Indexes read(JsonNode json) {
    return new Indexes(
        json.get("data").asInt(), json.get("gas").asInt(), json.get("value").asInt());
  }

  @Override
  public String toString() {
    return "d" + data + "g" + gas + "v" + value;
  }
}
