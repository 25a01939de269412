package io.mooring.evm.pairing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mooring.evm.Fixtures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** c-kzg-4844's vectors, on either implementation of BLS12-381. */
abstract class KzgProofContract {
  private static final int PROOFS = 85;
  private static final int BLOBS = 20;

  /** One line of these files, which are YAML in its simplest form. */
  private static final Pattern FIELD = Pattern.compile(" *(\\w+): '?(\\w+)'?");

  abstract Bls12381 curve();

  @Test
  void agreesWithCKzgOnProofs() throws IOException {
    assertEquals(PROOFS, each("verify_kzg_proof/", this::verify));
  }

  @Test
  void agreesWithCKzgOnBlobs() throws IOException {
    assertEquals(BLOBS, each("verify_blob_kzg_proof/", this::verifyBlob));
  }

  private PairingCheck verify(Map<String, String> input) {
    return new KzgProof(curve())
        .verify(
            bytes(input, "commitment"),
            bytes(input, "z"),
            bytes(input, "y"),
            bytes(input, "proof"));
  }

  private PairingCheck verifyBlob(Map<String, String> input) {
    return new KzgProof(curve())
        .verifyBlob(bytes(input, "blob"), bytes(input, "commitment"), bytes(input, "proof"));
  }

  private static byte[] bytes(Map<String, String> input, String field) {
    return Fixtures.hex(input.get(field));
  }

  private interface Check {
    PairingCheck of(Map<String, String> input);
  }

  private static int each(String prefix, Check check) throws IOException {
    int cases = 0;
    try (ZipFile archive = new ZipFile(Fixtures.zip("kzg").toFile())) {
      for (ZipEntry entry : archive.stream().toList()) {
        if (entry.getName().startsWith(prefix) && entry.getName().endsWith("data.yaml")) {
          Map<String, String> vector = fields(archive.getInputStream(entry).readAllBytes());
          assertEquals(expected(vector.get("output")), check.of(vector), entry.getName());
          cases++;
        }
      }
    }
    return cases;
  }

  private static Map<String, String> fields(byte[] yaml) {
    Map<String, String> fields = new HashMap<>();
    Matcher matcher = FIELD.matcher(new String(yaml, StandardCharsets.US_ASCII));
    while (matcher.find()) {
      fields.put(matcher.group(1), matcher.group(2));
    }
    return fields;
  }

  private static PairingCheck expected(String output) {
    return switch (output) {
      case "true" -> PairingCheck.ONE;
      case "false" -> PairingCheck.NOT_ONE;
      default -> PairingCheck.INVALID;
    };
  }
}
