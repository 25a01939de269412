package io.mooring.billing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.mooring.billing.PriceSheet.Example;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a price sheet: every member must be there, once, and no other; each meter once, in order,
 * under its asset and unit, so that the sheet cannot say something else than the code does.
 */
final class PriceSheetJson {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  private static final Pattern DIGITS = Pattern.compile("0|[1-9][0-9]{0,18}");
  private static final int DEPTH_MAX = 8;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX)
                  .maxStringLength(PriceSheet.BYTES_MAX)
                  .build())
          .build();

  private final JsonParser parser;
  private final Map<Meter, Price> prices = new EnumMap<>(Meter.class);
  private final Map<Asset, Long> included = new EnumMap<>(Asset.class);
  private final List<Example> examples = new ArrayList<>();

  private PriceSheetJson(JsonParser parser) {
    this.parser = parser;
  }

  static PriceSheet read(byte[] json) {
    if (json.length > PriceSheet.BYTES_MAX) {
      throw new IllegalArgumentException(
          "a price sheet has at most " + PriceSheet.BYTES_MAX + " bytes");
    }
    try (JsonParser parser = FACTORY.createParser(json)) {
      return new PriceSheetJson(parser).sheet(json);
    } catch (IOException e) {
      throw new IllegalArgumentException("a price sheet is JSON", e);
    }
  }

  private PriceSheet sheet(byte[] json) throws IOException {
    next(JsonToken.START_OBJECT);
    String name = text("name");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a price sheet's name: " + name);
    }
    String plan = text("plan");
    long published = Instant.parse(text("published")).toEpochMilli();
    long effective = Instant.parse(text("effective")).toEpochMilli();
    FreeQuota free = free();
    eachOf("included", this::include);
    eachOf("prices", this::price);
    next(JsonToken.END_OBJECT);
    if (parser.nextToken() != null) {
      throw new IllegalArgumentException("something follows the price sheet");
    }
    String version = PriceSheet.version(name, json);
    return new PriceSheet(
        new PriceList(version, plan, published, effective, prices), free, included, examples, json);
  }

  private FreeQuota free() throws IOException {
    member("free", JsonToken.START_OBJECT);
    int perDay = number("transactionsPerDay");
    int burst = number("burst");
    Duration refill = Duration.ofMillis(number("refillMillis"));
    next(JsonToken.END_OBJECT);
    return new FreeQuota(perDay, burst, refill);
  }

  private void include() throws IOException {
    Asset asset = Asset.valueOf(text("asset"));
    if (included.put(asset, digits("unitsPerMonth")) != null) {
      throw new IllegalArgumentException(asset + " is included twice");
    }
    next(JsonToken.END_OBJECT);
  }

  private void price() throws IOException {
    Meter meter = Meter.named(text("meter"));
    same(meter.asset().name(), text("asset"));
    same(meter.unit(), text("unit"));
    Price price = new Price(digits("units"), digits("per"));
    if (prices.put(meter, price) != null || meter.ordinal() != prices.size() - 1) {
      throw new IllegalArgumentException("the meters stand in their order, each once: " + meter);
    }
    Set<Long> quantities = new HashSet<>();
    eachOf(
        "examples",
        () -> {
          Example example = new Example(meter, digits("quantity"), digits("cost"));
          if (!quantities.add(example.quantity())) {
            throw new IllegalArgumentException("an example stands twice: " + example);
          }
          examples.add(example);
          next(JsonToken.END_OBJECT);
        });
    next(JsonToken.END_OBJECT);
  }

  private interface Part {
    void read() throws IOException;
  }

  /** Reads an array of objects; {@code part} begins inside one and reads its end. */
  private void eachOf(String name, Part part) throws IOException {
    member(name, JsonToken.START_ARRAY);
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      require(JsonToken.START_OBJECT, token);
      part.read();
    }
  }

  private String text(String name) throws IOException {
    member(name, JsonToken.VALUE_STRING);
    return parser.getText();
  }

  private long digits(String name) throws IOException {
    String text = text(name);
    if (!DIGITS.matcher(text).matches()) {
      throw new IllegalArgumentException(name + " is in plain digits, not " + text);
    }
    return Long.parseLong(text);
  }

  private int number(String name) throws IOException {
    member(name, JsonToken.VALUE_NUMBER_INT);
    return parser.getIntValue();
  }

  private void member(String name, JsonToken value) throws IOException {
    next(JsonToken.FIELD_NAME);
    same(name, parser.currentName());
    next(value);
  }

  private void next(JsonToken expected) throws IOException {
    require(expected, parser.nextToken());
  }

  private static void require(
      JsonToken expected, @org.jspecify.annotations.Nullable JsonToken found) {
    if (found != expected) {
      throw new IllegalArgumentException(
          "a price sheet has " + expected + " where " + found + " is");
    }
  }

  private static void same(String expected, String found) {
    if (!expected.equals(found)) {
      throw new IllegalArgumentException("a price sheet says " + expected + " here, not " + found);
    }
  }
}
