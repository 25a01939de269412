package io.mooring.billing.prices.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mooring.billing.PriceSheet;
import io.mooring.billing.PublishedPrices;
import io.mooring.billing.prices.http.PricesResource.PricesJson;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PricesResourceTest {
  private static final PublishedPrices SHIPPED = PublishedPrices.shipped();
  private static final PriceSheet FIRST = SHIPPED.sheets().getFirst();
  private static final PriceSheet SECOND = second();

  private final PricesResource resource =
      new PricesResource(
          PublishedPrices.of(List.of(FIRST, SECOND)),
          InstantSource.fixed(Instant.parse("2027-01-15T00:00:00Z")));

  @Test
  void showsWhatIsInForceAndWhatIsAnnounced() {
    assertEquals(
        List.of("in-force " + version(FIRST), "announced " + version(SECOND)), states(null, null));
    assertEquals(
        List.of("in-force " + version(FIRST)), states("developer", "2026-12-31T23:59:59Z"));
    assertEquals(
        List.of("in-force " + version(SECOND)), states("developer", "2027-02-01T00:00:00Z"));
    assertEquals(List.of(), states(null, "2026-11-20T23:59:59Z"));
  }

  @Test
  void aVersionIsTheVeryBytesAndMayBeKeptForEver() {
    Response answer = resource.version(version(FIRST));
    assertArrayEquals(FIRST.json(), (byte[]) answer.getEntity());
    assertEquals("public, max-age=31536000, immutable", answer.getHeaderString("Cache-Control"));
    var none = assertThrows(RefusedException.class, () -> resource.version("developer-2026-11.00"));
    assertEquals(PlatformRefusal.NOT_FOUND, none.refusal());
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "2026-13-01T00:00:00Z", "2026-12-01", ""})
  void anOddMomentIsRefused(String at) {
    var refused = assertThrows(RefusedException.class, () -> resource.list(null, at));
    assertEquals(PlatformRefusal.PARAMETER_INVALID, refused.refusal());
  }

  @Test
  void aPlanThatThereIsNotIsRefused() {
    var refused = assertThrows(RefusedException.class, () -> resource.list("free", null));
    assertEquals("The plans are developer", refused.fix());
  }

  private List<String> states(String plan, String at) {
    var json = (PricesJson) resource.list(plan, at).getEntity();
    return json.items().stream().map(item -> item.state() + " " + item.version()).toList();
  }

  private static String version(PriceSheet sheet) {
    return sheet.list().version();
  }

  private static PriceSheet second() {
    String text =
        FIRST
            .text()
            .replace("developer-2026-11", "developer-2027-02")
            .replace(
                "\"published\": \"2026-11-21T00:00:00Z\"",
                "\"published\": \"2027-01-01T00:00:00Z\"")
            .replace(
                "\"effective\": \"2026-11-21T00:00:00Z\"",
                "\"effective\": \"2027-02-01T00:00:00Z\"");
    return PriceSheet.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
