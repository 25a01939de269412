package io.mooring.billing.statements;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.billing.Account;
import io.mooring.billing.Asset;
import io.mooring.billing.Meter;
import io.mooring.billing.Movement;
import io.mooring.billing.Posting;
import io.mooring.billing.Tally;
import io.mooring.billing.UsageLine;
import io.mooring.billing.Words;
import io.mooring.platform.json.JsonTree;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A tally as an entry of the journal says it. Quantities and units are strings, because not every
 * reader of JSON holds 64 bits.
 */
final class TallyJson {
  private TallyJson() {}

  static ObjectNode write(Tally tally) {
    ObjectNode json =
        JsonTree.object()
            .put("ledger", tally.ledger())
            .put("day", tally.day().toString())
            .put("firstCommit", tally.firstCommit())
            .put("lastCommit", tally.lastCommit());
    ArrayNode charges = json.putArray("charges");
    for (Tally.Row row : tally.rows()) {
      span(
          charges
              .addObject()
              .put("key", row.key())
              .put("meter", row.meter().wireName())
              .put("prices", row.prices())
              .put("quantity", Long.toString(row.quantity()))
              .put("units", Long.toString(row.units()))
              .put("times", row.times())
              .put("since", Instant.ofEpochMilli(row.firstMillis()).toString())
              .put("until", Instant.ofEpochMilli(row.lastMillis()).toString()),
          row.span());
    }
    ArrayNode movements = json.putArray("movements");
    tally.movements().forEach(movement -> movement(movements.addObject(), movement));
    return json;
  }

  static Tally read(JsonNode json) {
    String ledger = json.required("ledger").asText();
    List<Tally.Row> rows = new ArrayList<>();
    for (JsonNode charge : json.required("charges")) {
      rows.add(
          new Tally.Row(
              charge.required("key").asText(),
              Meter.named(charge.required("meter").asText()),
              charge.required("prices").asText(),
              Long.parseLong(charge.required("quantity").asText()),
              Long.parseLong(charge.required("units").asText()),
              charge.required("times").asLong(),
              new UsageLine.Span(
                  charge.required("firstCommit").asLong(),
                  charge.required("lastCommit").asLong(),
                  charge.required("firstEntry").asLong(),
                  charge.required("endEntry").asLong()),
              Instant.parse(charge.required("since").asText()).toEpochMilli(),
              Instant.parse(charge.required("until").asText()).toEpochMilli()));
    }
    List<Movement> movements = new ArrayList<>();
    for (JsonNode movement : json.required("movements")) {
      movements.add(
          new Movement(
              ledger,
              Asset.valueOf(movement.required("asset").asText()),
              Posting.Kind.valueOf(constant(movement.required("kind"))),
              Account.Kind.valueOf(constant(movement.required("from"))),
              Account.Kind.valueOf(constant(movement.required("to"))),
              Long.parseLong(movement.required("units").asText()),
              movement.required("postings").asLong(),
              movement.required("firstEntry").asLong(),
              movement.required("endEntry").asLong()));
    }
    return new Tally(
        ledger,
        LocalDate.parse(json.required("day").asText()),
        json.required("firstCommit").asLong(),
        json.required("lastCommit").asLong(),
        rows,
        movements);
  }

  static ObjectNode span(ObjectNode json, UsageLine.Span span) {
    return json.put("firstCommit", span.firstCommit())
        .put("lastCommit", span.lastCommit())
        .put("firstEntry", span.firstEntry())
        .put("endEntry", span.endEntry());
  }

  static void movement(ObjectNode json, Movement movement) {
    json.put("asset", movement.asset().name())
        .put("kind", Words.of(movement.kind()))
        .put("from", Words.of(movement.from()))
        .put("to", Words.of(movement.to()))
        .put("units", Long.toString(movement.units()))
        .put("postings", movement.postings())
        .put("firstEntry", movement.firstEntry())
        .put("endEntry", movement.endEntry());
  }

  private static String constant(JsonNode word) {
    return word.asText().toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
