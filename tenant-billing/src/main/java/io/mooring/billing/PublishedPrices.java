package io.mooring.billing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Every price sheet that was ever published, in the order of publication, read when it is made: a
 * rise that was announced too late, or an example that does not hold, keeps the product from
 * starting.
 */
public final class PublishedPrices {
  private static final String FOLDER = "/prices/";
  private static final String ORDER = "published.txt";

  private final List<PriceSheet> sheets;
  private final PriceBook book;

  private PublishedPrices(List<PriceSheet> sheets, PriceBook book) {
    this.sheets = sheets;
    this.book = book;
  }

  public static PublishedPrices of(List<PriceSheet> sheets) {
    PriceBook book = PriceBook.of(sheets.getFirst().list());
    for (PriceSheet sheet : sheets.subList(1, sheets.size())) {
      book = book.publish(sheet.list());
    }
    return new PublishedPrices(List.copyOf(sheets), book);
  }

  /** The sheets that this product ships with. */
  public static PublishedPrices shipped() {
    return of(
        new String(resource(ORDER), StandardCharsets.UTF_8)
            .lines()
            .map(name -> PriceSheet.read(resource(name)))
            .toList());
  }

  public PriceBook book() {
    return book;
  }

  public List<PriceSheet> sheets() {
    return sheets;
  }

  public Optional<PriceSheet> version(String version) {
    return sheets.stream().filter(sheet -> sheet.list().version().equals(version)).findFirst();
  }

  /** The sheet in force for a plan at a moment, if the plan had prices then. */
  public Optional<PriceSheet> at(String plan, long millis) {
    return sheets.reversed().stream()
        .filter(sheet -> sheet.list().plan().equals(plan))
        .filter(sheet -> sheet.list().effectiveMillis() <= millis)
        .findFirst();
  }

  public List<String> plans() {
    return sheets.stream().map(sheet -> sheet.list().plan()).distinct().toList();
  }

  private static byte[] resource(String name) {
    try (InputStream bytes = PublishedPrices.class.getResourceAsStream(FOLDER + name)) {
      if (bytes == null) {
        throw new IllegalStateException("there is no " + FOLDER + name);
      }
      return bytes.readNBytes(PriceSheet.BYTES_MAX + 1);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + FOLDER + name, e);
    }
  }
}
