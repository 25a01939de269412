package io.mooring.platform.commit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SealTest {
  private static final IdempotencyKey KEY = IdempotencyKey.of("ten_acme POST /v1/keys", "k-1");
  private static final byte[] ANSWER = "mk_test_secret".getBytes();

  private final SecureRandom random = new SecureRandom();

  @Test
  void opensUnderItsKeyAlone() {
    byte[] sealed = Seal.close(KEY, ANSWER, random);
    assertArrayEquals(ANSWER, Seal.open(KEY, sealed));
    for (IdempotencyKey other :
        new IdempotencyKey[] {
          IdempotencyKey.of("ten_acme POST /v1/keys", "k-2"),
          IdempotencyKey.of("ten_acme POST /v1/members", "k-1"),
          IdempotencyKey.of("ten_globex POST /v1/keys", "k-1")
        }) {
      assertThrows(TamperedException.class, () -> Seal.open(other, sealed));
    }
  }

  @Test
  void aBitThatWasChangedDoesNotOpen() {
    byte[] sealed = Seal.close(KEY, ANSWER, random);
    for (int i = 0; i < sealed.length; i++) {
      byte[] bent = sealed.clone();
      bent[i] ^= 1;
      assertThrows(TamperedException.class, () -> Seal.open(KEY, bent));
    }
  }

  @Test
  void theSameAnswerNeverLooksTheSame() {
    assertFalse(Arrays.equals(Seal.close(KEY, ANSWER, random), Seal.close(KEY, ANSWER, random)));
  }

  @Test
  void nothingIsSealedAsNothing() {
    assertEquals(0, Seal.close(KEY, new byte[0], random).length);
    assertEquals(0, Seal.open(KEY, new byte[0]).length);
  }

  @Test
  void aKeyNeverShowsItsText() {
    assertFalse(KEY.toString().contains("k-1"));
  }
}
