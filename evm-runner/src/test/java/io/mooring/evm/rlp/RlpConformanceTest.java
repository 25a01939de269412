package io.mooring.evm.rlp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.evm.Fixtures;
import io.mooring.evm.U256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The RLP vectors of ethereum/tests and of ethers. */
class RlpConformanceTest {
  private int valid;
  private int invalid;

  @Test
  void encodesAndRefusesWhatEthereumTestsSay() {
    Fixtures.each(
        "rlptests",
        "",
        (file, cases) -> cases.properties().forEach(c -> check(c.getKey(), c.getValue())));
    System.out.println("RLP: " + valid + " valid, " + invalid + " invalid");
    assertEquals(true, valid > 0 && invalid > 0);
  }

  private void check(String name, JsonNode vector) {
    byte[] encoded = Fixtures.hex(vector.get("out").asText());
    if (vector.get("in").asText().equals("INVALID")) {
      invalid++;
      assertThrows(MalformedRlp.class, () -> RlpItem.decode(encoded), name);
      return;
    }
    valid++;
    assertArrayEquals(encoded, RlpItem.decode(encoded).encode(), name);
    if (!vector.get("in").asText().equals("VALID")) {
      RlpOutput output = new RlpOutput();
      write(vector.get("in"), output);
      assertArrayEquals(encoded, output.toBytes(), name);
    }
  }

  private static void write(JsonNode value, RlpOutput output) {
    if (value.isArray()) {
      output.startList();
      value.forEach(item -> write(item, output));
      output.endList();
    } else if (value.isNumber()) {
      output.number(value.asLong());
    } else if (value.asText().startsWith("#")) {
      BigInteger number = new BigInteger(value.asText().substring(1));
      if (number.bitLength() <= 256) {
        output.number(U256.of(number));
      } else {
        byte[] signed = number.toByteArray();
        int sign = signed[0] == 0 ? 1 : 0;
        output.bytes(signed, sign, signed.length - sign);
      }
    } else {
      output.bytes(value.asText().getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void encodesAndDecodesAsEthersDoes() {
    JsonNode vectors = Fixtures.json("ethers-v6", "rlp.json");
    for (JsonNode vector : vectors) {
      byte[] encoded = Fixtures.hex(vector.get("encoded").asText());
      RlpOutput output = new RlpOutput();
      writeHex(vector.get("decoded"), output);
      assertArrayEquals(encoded, output.toBytes(), vector.get("name").asText());
      assertArrayEquals(encoded, RlpItem.decode(encoded).encode(), vector.get("name").asText());
    }
    System.out.println("RLP of ethers: " + vectors.size());
  }

  private static void writeHex(JsonNode value, RlpOutput output) {
    if (value.isArray()) {
      output.startList();
      value.forEach(item -> writeHex(item, output));
      output.endList();
    } else {
      output.bytes(Fixtures.hex(value.asText()));
    }
  }
}
