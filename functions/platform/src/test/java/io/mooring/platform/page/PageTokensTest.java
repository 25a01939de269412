package io.mooring.platform.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mooring.platform.TenantId;
import io.mooring.platform.limit.PlatformLimit;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.mooring.platform.secret.InMemorySecrets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokensTest {
  private static final TenantId ACME = new TenantId("ten_acme");
  private static final TenantId ACME2 = new TenantId("ten_acme2");

  private final PageTokens tokens = new PageTokens(new InMemorySecrets());

  @Test
  void aTokenLeadsToItsPosition() {
    String token = tokens.issue(ACME, "keys", "key_01");
    assertEquals(new PageRequest(20, "key_01"), tokens.read(ACME, "keys", null, token));
    assertEquals(new PageRequest(20, ""), tokens.read(ACME, "keys", null, null));
  }

  @Test
  void aTokenOfAnotherTenantOrAnotherListIsRefused() {
    String token = tokens.issue(ACME, "keys", "key_01");
    assertRefused(ACME2, "keys", token);
    assertRefused(ACME, "members", token);
    assertRefused(new TenantId("ten_acmek"), "eys", tokens.issue(ACME, "keys", "x"));
  }

  @Test
  void aTokenOfAnotherDeploymentIsRefused() {
    assertRefused(
        ACME, "keys", new PageTokens(new InMemorySecrets()).issue(ACME, "keys", "key_01"));
  }

  @Test
  void everyBitOfATokenCounts() {
    byte[] token = Base64.getUrlDecoder().decode(tokens.issue(ACME, "keys", "key_01"));
    for (int bit = 0; bit < token.length * Byte.SIZE; bit++) {
      byte[] bent = token.clone();
      bent[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertRefused(ACME, "keys", Base64.getUrlEncoder().withoutPadding().encodeToString(bent));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "???", "AAAAAAAAAAAAAAAAAAAAAA", "a2V5XzAx"})
  void whatWasNeverGivenOutIsRefused(String token) {
    assertRefused(ACME, "keys", token);
  }

  @Test
  void aTokenBeyondItsBoundIsRefused() {
    assertRefused(ACME, "keys", "A".repeat(PlatformLimit.PAGE_TOKEN_CHARACTERS_MAX.intValue() + 1));
  }

  @Test
  void aPageHasOneToTheBoundOfItems() {
    int max = PlatformLimit.PAGE_ITEMS_MAX.intValue();
    assertEquals(max, tokens.read(ACME, "keys", "" + max, null).items());
    for (String items : List.of("0", "-1", "" + (max + 1), "many", "1e1", "", "99999999999")) {
      var refused =
          assertThrows(RefusedException.class, () -> tokens.read(ACME, "keys", items, null));
      assertEquals(PlatformRefusal.PARAMETER_INVALID, refused.refusal());
    }
  }

  private void assertRefused(TenantId tenant, String list, String token) {
    var refused =
        assertThrows(RefusedException.class, () -> tokens.read(tenant, list, null, token));
    assertEquals(PlatformRefusal.CURSOR_INVALID, refused.refusal());
  }
}
