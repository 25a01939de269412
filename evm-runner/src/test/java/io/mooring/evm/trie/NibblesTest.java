package io.mooring.evm.trie;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.evm.Fixtures;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NibblesTest {
  @Test
  void packsPathsAsTheBasicTestsSay() {
    for (Map.Entry<String, JsonNode> vector :
        Fixtures.json("basictests", "hexencodetest.json").properties()) {
      JsonNode sequence = vector.getValue().get("seq");
      byte[] path = new byte[sequence.size()];
      for (int i = 0; i < path.length; i++) {
        path[i] = (byte) sequence.get(i).asInt();
      }
      boolean terminated = vector.getValue().get("term").asBoolean();
      byte[] packed = Fixtures.hex(vector.getValue().get("out").asText());

      assertArrayEquals(packed, Nibbles.encode(path, terminated), vector.getKey());
      assertArrayEquals(path, Nibbles.decode(packed), vector.getKey());
      assertEquals(terminated, Nibbles.isTerminated(packed), vector.getKey());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "40", "01", "2f00"})
  void refusesWhatIsNoPath(String packed) {
    assertThrows(
        IllegalArgumentException.class, () -> Nibbles.decode(Fixtures.hex(packed)), packed);
  }
}
