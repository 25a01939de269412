package io.mooring.tenants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.platform.secret.InMemorySecrets;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SigningKeysTest {
  private final InMemorySecrets secrets = new InMemorySecrets();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final SigningKeys keys = process();

  @Test
  void theFirstKeySignsAtOnceAndSurvivesARestart() {
    String first = keys.signing().id();
    assertEquals(first, keys.signing().id());
    assertEquals(first, process().signing().id());
  }

  @Test
  void aKeyOfThirtyDaysGetsASuccessorThatIsAnnouncedBeforeItSigns() {
    String first = keys.signing().id();
    now = now.plus(KeyRing.SIGNING);
    assertEquals(first, keys.signing().id());
    assertEquals(2, keys.ring().keys().size());

    now = now.plus(KeyRing.ANNOUNCED);
    String second = keys.signing().id();
    assertFalse(first.equals(second));
    assertTrue(keys.verifying(first).isPresent());

    now = now.plus(KeyRing.FADING);
    assertTrue(keys.verifying(second).isPresent());
    assertTrue(keys.verifying(first).isEmpty());
    assertEquals(1, secrets.names("signing-").size());
  }

  @Test
  void anotherProcessKnowsANewKeyBeforeItSigns() {
    SigningKeys other = process();
    keys.signing();
    other.signing();
    now = now.plus(Duration.ofSeconds(1));
    keys.rotate();
    now = now.plus(Duration.ofSeconds(2));
    String announced = keys.ring().keys().getLast().id();
    assertTrue(other.verifying(announced).isPresent());
    assertFalse(other.signing().id().equals(announced));
  }

  @Test
  void aKeyIsReadBackAsItWasWritten() {
    SigningKey key = SigningKey.fresh(now, new Random(1));
    SigningKey read = SigningKey.of(key.id(), key.bytes());
    assertEquals(key.publicKey(), read.publicKey());
    assertEquals(key.privateKey(), read.privateKey());
    assertEquals(key.made(), read.made());
    assertEquals("SigningKey[" + key.id() + "]", key.toString());
  }

  @Test
  void coordinatesAlwaysHaveThirtyTwoBytes() {
    for (int seed = 0; seed < 300; seed++) {
      PublishedKey key = PublishedKey.of(SigningKey.fresh(now, new Random(seed)));
      assertEquals(43, key.x().length());
      assertEquals(43, key.y().length());
    }
  }

  private SigningKeys process() {
    return new SigningKeys(secrets, () -> now, new Random(7));
  }
}
