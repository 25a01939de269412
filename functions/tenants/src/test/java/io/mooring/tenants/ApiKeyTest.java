package io.mooring.tenants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.platform.TenantId;
import io.mooring.platform.identity.Mode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ApiKeyTest {
  private static final KeyId ID = new KeyId(new TenantId("ten_acme"), "key_" + "0".repeat(26));

  @Test
  void itsTextLeadsBackToItsTenantAndItsHash() {
    ApiKey key = ApiKey.fresh(Mode.LIVE, ID, new Random(1));
    ApiKey read = ApiKey.parse(key.text()).orElseThrow();
    assertTrue(key.text().startsWith("mk_live_acme_" + "0".repeat(26) + "_"));
    assertEquals(ID, read.id());
    assertEquals(Mode.LIVE, read.mode());
    assertEquals(key.hash(), read.hash());
  }

  @Test
  void everyKeyHasASecretOfItsOwn() {
    var random = new Random(2);
    assertNotEquals(
        ApiKey.fresh(Mode.TEST, ID, random).hash(), ApiKey.fresh(Mode.TEST, ID, random).hash());
  }

  @Test
  void everyCharacterCounts() {
    String text = ApiKey.fresh(Mode.TEST, ID, new Random(3)).text();
    for (int at = 0; at < text.length(); at++) {
      char other = text.charAt(at) == '0' ? '1' : '0';
      String bent = text.substring(0, at) + other + text.substring(at + 1);
      assertTrue(ApiKey.parse(bent).isEmpty(), "character " + at);
    }
  }

  @Test
  void itDoesNotTellItsSecretByAccident() {
    ApiKey key = ApiKey.fresh(Mode.TEST, ID, new Random(4));
    assertFalse(key.toString().contains(key.text().substring(key.text().length() - 20)));
  }
}
