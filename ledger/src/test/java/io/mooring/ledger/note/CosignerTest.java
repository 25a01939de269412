package io.mooring.ledger.note;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.ledger.Checkpoint;
import io.mooring.ledger.Hash;
import io.mooring.ledger.Head;
import io.mooring.ledger.MalformedException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class CosignerTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochSecond(1_679_315_147L));
  private static final String CHECKPOINT =
      """
      example.com/behind-the-sofa
      20852163
      CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
      """;

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "ED25519")
  void signsACheckpointWithTheTime(SignatureType type) {
    Cosigner witness = Cosigner.ofSeed("witness.example/w1", type, new byte[32], CLOCK);
    NoteSignature signature = witness.sign(CHECKPOINT);
    VerifierKey key = VerifierKey.parse(witness.verifierKey().toString());

    assertTrue(key.verifies(CHECKPOINT, signature));
    assertEquals(1_679_315_147L, key.secondsIn(signature).getAsLong());
    assertFalse(key.verifies(CHECKPOINT.replace("20852163", "20852164"), signature));
    assertFalse(key.verifies(CHECKPOINT.replace("sofa", "sofb"), signature));
    assertFalse(key.verifies("no checkpoint\n", signature));
    assertThrows(MalformedException.class, () -> witness.sign("no checkpoint\n"));

    byte[] other = signature.bytes().clone();
    other[7] ^= 1; // another second
    assertFalse(key.verifies(CHECKPOINT, new NoteSignature(key.name(), key.keyId(), other)));
    other[0] = (byte) 0x80; // a time that is not below 2^63
    assertFalse(key.verifies(CHECKPOINT, new NoteSignature(key.name(), key.keyId(), other)));
    NoteSignature cut = new NoteSignature(key.name(), key.keyId(), new byte[4]);
    assertFalse(key.verifies(CHECKPOINT, cut));
  }

  @Test
  void anEd25519CosignatureIsOverTheTextOfTheSpecification() {
    byte[] message =
        Cosigned.message(
            SignatureType.ED25519_COSIGNATURE, "witness.example/w1", 1_679_315_147L, CHECKPOINT);
    assertEquals(
        "cosignature/v1\ntime 1679315147\n" + CHECKPOINT,
        new String(message, StandardCharsets.UTF_8));
  }

  @Test
  void anMlDsaCosignatureIsOverTheStructureOfTheSpecification() {
    Checkpoint checkpoint = new Checkpoint("o", new Head(5, Hash.ofLeaf(new byte[0])));
    byte[] message =
        Cosigned.message(SignatureType.ML_DSA_44_COSIGNATURE, "w", 7, checkpoint.text());
    assertEquals(
        "737562747265652f76310a00" // "subtree/v1\n\0"
            + "0177"
            + "0000000000000007"
            + "016f"
            + "0000000000000000"
            + "0000000000000005"
            + Hash.ofLeaf(new byte[0]),
        HexFormat.of().formatHex(message));
  }

  @Test
  void theSameKeyHasAnotherIdForAnotherUse() {
    Cosigner witness =
        Cosigner.ofSeed("name", SignatureType.ED25519_COSIGNATURE, new byte[32], CLOCK);
    LogSigner log = LogSigner.ofSeed("name", new byte[32]);
    assertFalse(witness.verifierKey().keyId() == log.verifierKey().keyId());
    assertFalse(log.verifierKey().verifies(CHECKPOINT, witness.sign(CHECKPOINT)));
    assertThrows(
        IllegalArgumentException.class,
        () -> Cosigner.ofSeed("name", SignatureType.ED25519, new byte[32], CLOCK));
  }

  @Test
  void aSeedStandsForTheKeyThatRfc8032Says() {
    byte[] seed =
        HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    byte[] publicKey =
        HexFormat.of().parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    assertEquals(
        VerifierKey.of("name", SignatureType.ED25519, publicKey),
        LogSigner.ofSeed("name", seed).verifierKey());
  }
}
