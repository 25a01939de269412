package io.mooring.ledger.cbor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.ledger.MalformedException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CborReaderTest {
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "indefinite bytes,5f4101ff",
    "indefinite text,7f6161ff",
    "indefinite array,9f01ff",
    "indefinite map,bf0102ff",
    "a lone break,ff",
    "23 in two bytes,1817",
    "255 in three bytes,1900ff",
    "65535 in five bytes,1a0000ffff",
    "2^32-1 in nine bytes,1b00000000ffffffff",
    "a length longer than need be,580101",
    "a number of 2^63,1b8000000000000000",
    "bytes of length 2^63,5b8000000000000000",
    "bytes of length 2^63-1,5b7fffffffffffffff",
    "an array of 2^32-1,9affffffff",
    "a map of 2^31,ba80000000",
    "more bytes than follow,4201",
    "a number cut short,19ff",
    "nothing,''",
    "a tag,c001",
    "a repeated key,a201020103",
    "keys out of order,a202010101",
    "text key before a number,a2616100" + "0100",
    "text not in UTF-8,61ff",
    "text with a surrogate,63eda080",
    "a half float,f90000",
    "a double,fb0000000000000000",
    "undefined,f7",
    "a simple value in two bytes,f820",
    "reserved length bits,1c",
    "a second item,0101",
  })
  void refuses(String what, String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThrows(MalformedException.class, () -> CborReader.check(bytes), what);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00",
        "17",
        "1818",
        "18ff",
        "190100",
        "1a00010000",
        "1b0000000100000000",
        "1b7fffffffffffffff",
        "20",
        "3903e7",
        "40",
        "6161",
        "62c3bc",
        "80",
        "83010203",
        "a0",
        "a201020304",
        "a2186401617a02",
        "f4",
        "f5",
        "f6"
      })
  void takesTheOneSpelling(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertDoesNotThrow(() -> CborReader.check(bytes));
  }

  @Test
  void refusesADepthOfAHundredThousandWithoutRecursingThatDeep() {
    byte[] nested = new byte[100_001];
    Arrays.fill(nested, (byte) 0x81);
    nested[nested.length - 1] = 0;
    assertThrows(MalformedException.class, () -> CborReader.check(nested));
  }

  @Test
  void takesExactlyTheDepthThatItSays() {
    byte[] deepest = new byte[CborReader.MAX_DEPTH];
    Arrays.fill(deepest, (byte) 0x81);
    deepest[deepest.length - 1] = 0;
    assertDoesNotThrow(() -> CborReader.check(deepest));

    byte[] deeper = new byte[CborReader.MAX_DEPTH + 1];
    Arrays.fill(deeper, (byte) 0x81);
    deeper[deeper.length - 1] = 0;
    assertThrows(MalformedException.class, () -> CborReader.check(deeper));
  }

  @Test
  void readsASequenceItemByItem() {
    CborReader reader =
        new CborReader(
            new CborWriter().unsigned(7).text("ü").bytes(new byte[] {1}).bool(true).toBytes());
    assertEquals(7, reader.unsigned());
    assertEquals("ü", reader.text(2));
    assertArrayEquals(new byte[] {1}, reader.bytes(1));
    assertTrue(reader.bool());
    assertTrue(reader.atEnd());
  }

  @Test
  void holdsEveryLengthToTheBoundOfItsReader() {
    byte[] text = new CborWriter().text("four").toBytes();
    assertThrows(MalformedException.class, () -> new CborReader(text).text(3));
    byte[] array = new CborWriter().array(2).unsigned(1).unsigned(2).toBytes();
    assertThrows(MalformedException.class, () -> new CborReader(array).array(1));
    byte[] map = new CborWriter().map(1).unsigned(1).unsigned(2).toBytes();
    assertThrows(MalformedException.class, () -> new CborReader(map).numberedMap(0, key -> {}));
  }

  @Test
  void writesNothingThatItWouldRefuse() {
    assertThrows(IllegalArgumentException.class, () -> new CborWriter().unsigned(-1));
    assertThrows(IllegalArgumentException.class, () -> new CborWriter().text("\ud800"));
  }
}
