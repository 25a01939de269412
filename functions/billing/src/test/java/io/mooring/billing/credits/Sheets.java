package io.mooring.billing.credits;

import io.mooring.billing.PriceSheet;
import io.mooring.billing.PublishedPrices;
import java.nio.charset.StandardCharsets;

/** The shipped sheet of the largest plan, with less that is free. */
final class Sheets {
  private Sheets() {}

  static PriceSheet with(int freePerDay, long includedCpc) {
    PriceSheet shipped = PublishedPrices.shipped().at("scale", Long.MAX_VALUE).orElseThrow();
    String json =
        shipped
            .text()
            .replace("\"transactionsPerDay\": 5000", "\"transactionsPerDay\": " + freePerDay)
            .replace(
                "\"unitsPerMonth\": \"100000000\"", "\"unitsPerMonth\": \"" + includedCpc + "\"")
            .replace("\"unitsPerMonth\": \"25000000\"", "\"unitsPerMonth\": \"0\"");
    return PriceSheet.read(json.getBytes(StandardCharsets.UTF_8));
  }
}
