package io.mooring.api.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AllowedMethodsTest {
  private final AllowedMethods allowed = new AllowedMethods();

  @Test
  void namesWhatTheContractSaysOfAPath() {
    assertEquals("GET, HEAD", allowed.of("/v1/me"));
    assertEquals("POST", allowed.of("/v1/token"));
  }

  @Test
  void aParameterTakesOnePartOfThePathAndNoMore() {
    assertEquals("GET, HEAD", allowed.of("/v1/ledgers/led_1/entries/7"));
    assertEquals("", allowed.of("/v1/ledgers/led_1/nowhere/7"));
  }
}
