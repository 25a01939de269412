package io.mooring.billing.payments;

import static io.mooring.billing.payments.Stripe.OTHER;
import static io.mooring.billing.payments.Stripe.SECRET;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.mooring.billing.payments.StripeSignature.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StripeSignatureTest {
  private static final long NOW = 1_796_000_000;
  private static final byte[] BODY = Stripe.bytes("{\"id\":\"evt_1\"}");
  private static final String GOOD = Stripe.v1(NOW, SECRET, BODY);

  @Test
  void theSignerOfTheseTestsIsHmacAsRfc4231HasIt() {
    assertEquals(
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        Stripe.hmac(Stripe.bytes("Jefe"), Stripe.bytes("what do ya want for nothing?")));
  }

  @Test
  void anEventOfStripeIsGenuine() {
    assertEquals(Verdict.GENUINE, verify(Stripe.header(NOW, SECRET, BODY)));
  }

  @Test
  void anyOfSeveralSignaturesAndSecretsIsEnough() {
    String old = Stripe.v1(NOW, OTHER, BODY);
    assertEquals(Verdict.GENUINE, verify("t=" + NOW + ",v1=" + old + ",v1=" + GOOD));
    assertEquals(
        Verdict.GENUINE,
        StripeSignature.verify(
            "t=" + NOW + ",v1=" + old, BODY, List.of(SECRET, OTHER), NOW * 1000));
    assertEquals(Verdict.FORGED, verify("t=" + NOW + ",v1=" + old));
  }

  @Test
  void aBitOfTheBodyTheTimeOrTheSignatureMakesItForged() {
    for (int bit = 0; bit < BODY.length * 8; bit++) {
      byte[] bent = BODY.clone();
      bent[bit / 8] ^= (byte) (1 << bit % 8);
      assertEquals(
          Verdict.FORGED,
          StripeSignature.verify(
              Stripe.header(NOW, SECRET, BODY), bent, List.of(SECRET), NOW * 1000));
    }
    assertEquals(Verdict.FORGED, verify("t=" + (NOW - 1) + ",v1=" + GOOD));
    for (int digit = 0; digit < GOOD.length(); digit++) {
      char other = GOOD.charAt(digit) == '0' ? '1' : '0';
      String bent = GOOD.substring(0, digit) + other + GOOD.substring(digit + 1);
      assertEquals(Verdict.FORGED, verify("t=" + NOW + ",v1=" + bent));
    }
  }

  @ParameterizedTest(name = "{0} seconds later it is {1}")
  @CsvSource({"0,GENUINE", "300,GENUINE", "301,TOO_OLD", "-300,GENUINE", "-301,TOO_OLD"})
  void anEventIsGoodForFiveMinutes(long later, Verdict verdict) {
    assertEquals(
        verdict,
        StripeSignature.verify(
            Stripe.header(NOW, SECRET, BODY), BODY, List.of(SECRET), (NOW + later) * 1000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "t=1796000000",
        "v1=GOOD",
        "t=1796000000,v0=GOOD",
        "t=1796000000,t=1796000000,v1=GOOD",
        "t=01796000000,v1=GOOD",
        "t=-1,v1=GOOD",
        "t=1e9,v1=GOOD",
        "t=9999999999999,v1=GOOD",
        "t=1796000000,v1=short",
        "1796000000,GOOD"
      })
  void aHeaderThatIsNotExactlySoIsUnreadable(String header) {
    assertEquals(Verdict.UNREADABLE, verify(header.replace("GOOD", GOOD)));
  }

  @Test
  void aHeaderHasABound() {
    String header = Stripe.header(NOW, SECRET, BODY);
    int room = StripeSignature.HEADER_CHARACTERS_MAX - header.length() - 1;
    assertEquals(Verdict.GENUINE, verify(header + "," + "x".repeat(room)));
    assertEquals(Verdict.UNREADABLE, verify(header + "," + "x".repeat(room + 1)));
    assertNotEquals(Verdict.GENUINE, verify("," + header.substring(1)));
  }

  private static Verdict verify(String header) {
    return StripeSignature.verify(header, BODY, List.of(SECRET), NOW * 1000);
  }
}
