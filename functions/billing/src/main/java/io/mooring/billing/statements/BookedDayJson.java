package io.mooring.billing.statements;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.billing.Account;
import io.mooring.billing.Asset;
import io.mooring.billing.BookedDay;
import io.mooring.billing.Meter;
import io.mooring.billing.Movement;
import io.mooring.billing.Posting;
import io.mooring.billing.Standing;
import io.mooring.billing.UsageLine;
import io.mooring.platform.json.JsonTree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** A booked day as its item keeps it: JSON, deflated, because its lines are much alike. */
final class BookedDayJson {
  /** Far above what {@code DayFold.LINES_MAX} lines can weigh. */
  private static final int BYTES_MAX = 16 * 1024 * 1024;

  private BookedDayJson() {}

  static byte[] write(BookedDay day) {
    ObjectNode json =
        JsonTree.object()
            .put("ledger", day.ledger())
            .put("day", day.day().toString())
            .put("part", day.part())
            .put("firstCommit", day.firstCommit())
            .put("lastCommit", day.lastCommit())
            .put("storedBefore", day.stored().before())
            .put("storedAfter", day.stored().after());
    json.set("opening", standing(day.opening()));
    json.set("closing", standing(day.closing()));
    var lines = json.putArray("lines");
    for (UsageLine line : day.lines()) {
      lines
          .addObject()
          .put("key", line.of().key())
          .put("meter", line.of().meter().wireName())
          .put("prices", line.of().prices())
          .put("quantity", line.quantity())
          .put("free", line.freeQuantity())
          .put("units", line.units())
          .put("charges", line.charges())
          .put("firstCommit", line.span().firstCommit())
          .put("lastCommit", line.span().lastCommit())
          .put("firstEntry", line.span().firstEntry())
          .put("endEntry", line.span().endEntry());
    }
    var movements = json.putArray("movements");
    for (Movement movement : day.movements()) {
      movements
          .addObject()
          .put("asset", movement.asset().name())
          .put("kind", movement.kind().name())
          .put("from", movement.from().name())
          .put("to", movement.to().name())
          .put("units", movement.units())
          .put("postings", movement.postings())
          .put("firstEntry", movement.firstEntry())
          .put("endEntry", movement.endEntry());
    }
    return deflated(JsonTree.bytes(json));
  }

  static BookedDay read(byte[] body) {
    JsonNode json = JsonTree.parse(inflated(body));
    String ledger = json.required("ledger").asText();
    LocalDate day = LocalDate.parse(json.required("day").asText());
    List<UsageLine> lines = new ArrayList<>();
    for (JsonNode line : json.required("lines")) {
      lines.add(
          new UsageLine(
              new UsageLine.Of(
                  day,
                  ledger,
                  line.required("key").asText(),
                  Meter.named(line.required("meter").asText()),
                  line.required("prices").asText()),
              line.required("quantity").asLong(),
              line.required("free").asLong(),
              line.required("units").asLong(),
              line.required("charges").asLong(),
              new UsageLine.Span(
                  line.required("firstCommit").asLong(),
                  line.required("lastCommit").asLong(),
                  line.required("firstEntry").asLong(),
                  line.required("endEntry").asLong())));
    }
    List<Movement> movements = new ArrayList<>();
    for (JsonNode movement : json.required("movements")) {
      movements.add(
          new Movement(
              ledger,
              Asset.valueOf(movement.required("asset").asText()),
              Posting.Kind.valueOf(movement.required("kind").asText()),
              Account.Kind.valueOf(movement.required("from").asText()),
              Account.Kind.valueOf(movement.required("to").asText()),
              movement.required("units").asLong(),
              movement.required("postings").asLong(),
              movement.required("firstEntry").asLong(),
              movement.required("endEntry").asLong()));
    }
    return new BookedDay(
        ledger,
        day,
        json.required("part").asInt(),
        json.required("firstCommit").asLong(),
        json.required("lastCommit").asLong(),
        standing(json.required("opening")),
        standing(json.required("closing")),
        lines,
        movements,
        new BookedDay.Stored(
            json.required("storedBefore").asLong(), json.required("storedAfter").asLong()));
  }

  private static ObjectNode standing(Standing standing) {
    ObjectNode json = JsonTree.object();
    standing
        .units()
        .forEach(
            (asset, kinds) -> {
              ObjectNode of = json.putObject(asset.name());
              kinds.forEach((kind, units) -> of.put(kind.name(), units));
            });
    return json;
  }

  private static Standing standing(JsonNode json) {
    Map<Asset, Map<Account.Kind, Long>> units = new EnumMap<>(Asset.class);
    for (Map.Entry<String, JsonNode> asset : json.properties()) {
      Map<Account.Kind, Long> kinds = new EnumMap<>(Account.Kind.class);
      for (Map.Entry<String, JsonNode> kind : asset.getValue().properties()) {
        kinds.put(Account.Kind.valueOf(kind.getKey()), kind.getValue().asLong());
      }
      units.put(Asset.valueOf(asset.getKey()), kinds);
    }
    return new Standing(units);
  }

  private static byte[] deflated(byte[] bytes) {
    var packed = new ByteArrayOutputStream();
    var deflater = new Deflater(Deflater.BEST_SPEED);
    try (var out = new DeflaterOutputStream(packed, deflater)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    } finally {
      deflater.end();
    }
    return packed.toByteArray();
  }

  private static byte[] inflated(byte[] packed) {
    try (var in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
      return in.readNBytes(BYTES_MAX);
    } catch (IOException e) {
      throw new UncheckedIOException("a booked day cannot be read", e);
    }
  }
}
