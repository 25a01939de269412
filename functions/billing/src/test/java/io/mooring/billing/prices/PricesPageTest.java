package io.mooring.billing.prices;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mooring.billing.Asset;
import io.mooring.billing.Meter;
import io.mooring.billing.Price;
import io.mooring.billing.PriceSheet;
import io.mooring.billing.PublishedPrices;
import io.mooring.platform.problem.Docs;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds docs/reference/prices.md against the sheets, line by line. */
class PricesPageTest {
  @Test
  void thePageSaysWhatTheSheetsSay() {
    for (PriceSheet sheet : PublishedPrices.shipped().sheets()) {
      String name = sheet.list().version().split("\\.")[0];
      String page = Docs.section("docs/reference/prices.md", name).strip();
      assertEquals("## " + name + "\n\n" + String.join("\n", lines(sheet)), page);
    }
  }

  private static List<String> lines(PriceSheet sheet) {
    List<String> lines = new ArrayList<>();
    lines.add("Version `" + sheet.list().version() + "`.");
    lines.add(
        "Free: %d transactions a day, at most %d at once and then one every %d ms."
            .formatted(
                sheet.free().perDay(), sheet.free().burst(), sheet.free().refill().toMillis()));
    lines.add(
        "Included each month: %d CPC and %d ITC."
            .formatted(sheet.included().get(Asset.CPC), sheet.included().get(Asset.ITC)));
    lines.add("");
    lines.add("| meter | counts each | price | worked example |");
    lines.add("| --- | --- | --- | --- |");
    for (Meter meter : Meter.values()) {
      lines.add(
          "| `%s` | %s | %s | %s |"
              .formatted(
                  meter.wireName(), meter.unit(), price(sheet, meter), example(sheet, meter)));
    }
    return lines;
  }

  private static String price(PriceSheet sheet, Meter meter) {
    Price price = sheet.list().of(meter);
    return "%d %s%s"
        .formatted(price.units(), meter.asset(), price.per() == 1 ? "" : " for " + price.per());
  }

  private static String example(PriceSheet sheet, Meter meter) {
    return sheet.examples().stream()
        .filter(example -> example.meter() == meter)
        .map(example -> example.quantity() + " cost " + example.cost())
        .reduce((first, next) -> first + ", " + next)
        .orElseThrow();
  }
}
