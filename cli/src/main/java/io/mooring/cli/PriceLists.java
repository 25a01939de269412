package io.mooring.cli;

import io.mooring.ledger.Hash;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Price lists as they were published: each is fetched once and hashed up to its version. */
final class PriceLists {
  private static final int HASH_DIGITS = 40;

  private final Function<String, byte[]> published;
  private final Map<String, PriceListFile> lists = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();

  PriceLists(Function<String, byte[]> published) {
    this.published = published;
  }

  /** One list: who it is for, from when on, and what {@code per} of a meter cost in which asset. */
  record PriceListFile(String plan, Instant effective, Map<String, Price> prices) {}

  /** What so many units of an asset buy of a meter. */
  record Price(String asset, BigInteger units, BigInteger per) {
    /** Each started {@code per} in full. */
    BigInteger of(BigInteger quantity) {
      BigInteger[] steps = quantity.multiply(units).divideAndRemainder(per);
      return steps[1].signum() == 0 ? steps[0] : steps[0].add(BigInteger.ONE);
    }
  }

  PriceListFile version(String version) {
    return lists.computeIfAbsent(version, this::fetch);
  }

  /** Whether a later list of the same plan was in force at that time, of those that are known. */
  boolean isSuperseded(String version, Instant at) {
    PriceListFile list = version(version);
    return lists.values().stream()
        .filter(other -> other.plan.equals(list.plan))
        .anyMatch(other -> other.effective.isAfter(list.effective) && !other.effective.isAfter(at));
  }

  List<Finding> findings() {
    if (!wrong.isEmpty()) {
      return List.of(Finding.invalid("prices", wrong.getFirst()));
    }
    return List.of(
        Finding.valid(
            "prices",
            Words.count(lists.size(), "list", "lists") + " hash to the version that charges name"));
  }

  private PriceListFile fetch(String version) {
    byte[] sheet = published.apply(version);
    String hash = HexFormat.of().formatHex(Hash.ofBytes(sheet).bytes()).substring(0, HASH_DIGITS);
    if (!version.endsWith("." + hash)) {
      wrong.add("the list " + Words.printable(version) + " has other bytes than its version says");
    }
    Map<String, Object> json = Json.readObject(sheet).orElse(Map.of());
    Map<String, Price> prices = new TreeMap<>();
    for (Map<String, Object> price : Json.objects(json.get("prices"))) {
      prices.put(
          Json.text(price, "meter"),
          new Price(
              Json.text(price, "asset"), Json.whole(price, "units"), Json.whole(price, "per")));
    }
    try {
      return new PriceListFile(
          Json.text(json, "plan"), Instant.parse(Json.text(json, "effective")), prices);
    } catch (DateTimeException e) {
      wrong.add("the list " + Words.printable(version) + " does not say when it is in force");
      return new PriceListFile("", Instant.MAX, prices);
    }
  }
}
