package io.mooring.evm.precompile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.evm.Fixtures;
import io.mooring.evm.Fork;
import io.mooring.evm.crypto.Secp256k1;
import io.mooring.evm.pairing.Bls12381;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** go-ethereum's vectors for every precompile, on either implementation of BLS12-381. */
abstract class PrecompileContract {
  private static final String G1_X =
      "17f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb";
  private static final String G1_Y =
      "8b3f481e3aaa0f1a09e30ed741d8ae4fcf5e095d5d00af600db18cb2c04b3edd03cc744a2888ae40caa232946c5e7e1";
  private static final String MINUS_TWO =
      "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaa9";

  /** The generator of G1 and (0, 2). */
  private static final String SUM_X =
      "5020378a6838af221e734b3a81940eb3ff19c2a7f8cf26150dfc38fc41c37551dc92bb5593d30d4dfc2ee4bb09ad05b";

  private static final String SUM_Y =
      "76f64915185eb7884a368612afcdeb1256b5cda1f116babef88edcf9f60ba73c78b7b2b5fdc41d24e605bf15470ee66";

  abstract Bls12381 curve();

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "ecRecover, 0x01, OSAKA, 3",
    "modexp, 0x05, BYZANTIUM, 12",
    "modexp_eip2565, 0x05, BERLIN, 33",
    "modexp_eip7883, 0x05, OSAKA, 31",
    "bn256Add, 0x06, ISTANBUL, 11",
    "bn256ScalarMul, 0x07, ISTANBUL, 13",
    "bn256Pairing, 0x08, ISTANBUL, 10",
    "blake2F, 0x09, ISTANBUL, 3",
    "fail-blake2f, 0x09, ISTANBUL, 3",
    "pointEvaluation, 0x0a, CANCUN, 1",
    "blsG1Add, 0x0b, PRAGUE, 78",
    "fail-blsG1Add, 0x0b, PRAGUE, 4",
    "blsG1Mul, 0x0c, PRAGUE, 8",
    "fail-blsG1Mul, 0x0c, PRAGUE, 5",
    "blsG1MultiExp, 0x0c, PRAGUE, 108",
    "fail-blsG1MultiExp, 0x0c, PRAGUE, 5",
    "blsG2Add, 0x0d, PRAGUE, 78",
    "fail-blsG2Add, 0x0d, PRAGUE, 4",
    "blsG2Mul, 0x0e, PRAGUE, 8",
    "fail-blsG2Mul, 0x0e, PRAGUE, 5",
    "blsG2MultiExp, 0x0e, PRAGUE, 107",
    "fail-blsG2MultiExp, 0x0e, PRAGUE, 5",
    "blsPairing, 0x0f, PRAGUE, 74",
    "fail-blsPairing, 0x0f, PRAGUE, 6",
    "blsMapG1, 0x10, PRAGUE, 73",
    "fail-blsMapG1, 0x10, PRAGUE, 3",
    "blsMapG2, 0x11, PRAGUE, 73",
    "fail-blsMapG2, 0x11, PRAGUE, 3",
    "p256Verify, 0x100, OSAKA, 547",
  })
  void agreesWithGoEthereum(String file, String address, Fork fork, int cases) {
    Precompile precompile = Precompiles.schedule(fork, curves()).at(0, 0, Integer.decode(address));
    assertNotNull(precompile);
    JsonNode vectors = Fixtures.json("precompiles", "geth/" + file + ".json");
    assertEquals(cases, vectors.size(), "the fixtures changed: so should this table");

    for (JsonNode vector : vectors) {
      String name = vector.get("Name").asText();
      byte[] input = Fixtures.hex(vector.get("Input").asText());
      if (vector.has("ExpectedError")) {
        assertNull(precompile.run(input), name);
      } else {
        assertEquals(vector.get("Gas").asLong(), precompile.gas(input), name);
        assertArrayEquals(
            Fixtures.hex(vector.get("Expected").asText()), precompile.run(input), name);
      }
    }
  }

  /** (0, 2) is on the curve and outside G1: blst refuses to read it. */
  @Test
  void addsPointsOfG1WhoseXIsZero() {
    byte[] two = point("0", "2");
    byte[] minusTwo = point("0", MINUS_TWO);
    Precompile add = Precompiles.schedule(Fork.PRAGUE, curves()).at(0, 0, 0x0b);
    assertNotNull(add);

    assertArrayEquals(minusTwo, add.run(both(two, two)));
    assertArrayEquals(point("0", "0"), add.run(both(minusTwo, two)));
    assertArrayEquals(point(SUM_X, SUM_Y), add.run(both(point(G1_X, G1_Y), two)));
    assertArrayEquals(two, add.run(both(point("0", "0"), two)));
    assertNull(add.run(both(point("0", "3"), two)));
  }

  @Test
  void multipliesOnlyPointsInsideG1() {
    Precompile multiply = Precompiles.schedule(Fork.PRAGUE, curves()).at(0, 0, 0x0c);
    assertNotNull(multiply);

    assertNull(multiply.run(both(point("0", "2"), word("1"))));
  }

  private static byte[] point(String x, String y) {
    return Fixtures.hex("0x" + "0".repeat(128 - x.length()) + x + "0".repeat(128 - y.length()) + y);
  }

  private static byte[] word(String number) {
    return Fixtures.hex("0x" + "0".repeat(64 - number.length()) + number);
  }

  private static byte[] both(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private Curves curves() {
    return new Curves() {
      @Override
      public Secp256k1 secp256k1() {
        return Secp256k1.fastest();
      }

      @Override
      public Bls12381 bls12381() {
        return curve();
      }
    };
  }
}
