package io.mooring.platform.commit;

import io.mooring.billing.Amount;
import io.mooring.billing.Asset;
import io.mooring.billing.Meter;
import io.mooring.billing.Price;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.cbor.CborReader;
import io.mooring.ledger.cbor.CborWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What one write used, and what it paid for that: the prices are those of the list that its commit
 * names. Before it is priced it costs nothing, and {@code spender} is who submits it.
 *
 * <pre>
 * [ spender, meter, quantity, units, meter, quantity, units, … ]
 * </pre>
 *
 * @param spender whose escrow pays: empty for the ledger's own, else a key with a cap of its own
 */
public record Cost(String spender, List<Part> parts) {
  public static final Cost NONE = new Cost("", List.of());

  static final int SPENDER_BYTES_MAX = 128;

  private static final int PART_ITEMS = 3;
  private static final int ITEMS_MAX = 1 + PART_ITEMS * Meter.values().length;

  public Cost {
    parts = List.copyOf(parts);
    if (parts.size() > Meter.values().length) {
      throw new MalformedException("a write names each meter once");
    }
  }

  /** One meter's share. */
  public record Part(Meter meter, long quantity, long units) {
    public Part {
      if (quantity <= 0 || units < 0) {
        throw new MalformedException("a part of a cost is not negative: " + quantity);
      }
    }

    /** At a price; a quantity that no amount of credit pays for costs the most that there is. */
    Part at(Price price) {
      return new Part(
          meter, quantity, price.isAffordable(quantity) ? price.of(quantity) : Amount.UNITS_MAX);
    }
  }

  /** What is to be priced. */
  static Cost unpriced(String submitter, List<Usage> usages) {
    if (usages.isEmpty()) {
      return NONE;
    }
    List<Part> parts = new ArrayList<>(usages.size());
    for (Usage usage : usages) {
      parts.add(new Part(usage.meter(), usage.quantity(), 0));
    }
    return new Cost(submitter, parts);
  }

  public boolean isNone() {
    return parts.isEmpty();
  }

  /** How many units of an asset it costs. */
  public long of(Asset asset) {
    long units = 0;
    for (Part part : parts) {
      if (part.meter().asset() == asset) {
        units = Math.addExact(units, part.units());
      }
    }
    return units;
  }

  /** How much of a meter it used. */
  public long quantity(Meter meter) {
    return parts.stream()
        .filter(part -> part.meter() == meter)
        .mapToLong(Part::quantity)
        .findFirst()
        .orElse(0);
  }

  void writeTo(CborWriter cbor) {
    cbor.array(1 + PART_ITEMS * parts.size()).text(spender);
    for (Part part : parts) {
      cbor.unsigned(part.meter().code()).unsigned(part.quantity()).unsigned(part.units());
    }
  }

  static Cost readFrom(CborReader cbor) {
    int items = cbor.array(ITEMS_MAX);
    if (items <= 1 || (items - 1) % PART_ITEMS != 0) {
      throw new MalformedException("a cost has no array of " + items);
    }
    String spender = cbor.text(SPENDER_BYTES_MAX);
    List<Part> parts = new ArrayList<>((items - 1) / PART_ITEMS);
    for (int left = items - 1; left > 0; left -= PART_ITEMS) {
      parts.add(new Part(meter(cbor.unsigned()), cbor.unsigned(), cbor.unsigned()));
    }
    return new Cost(spender, parts);
  }

  private static Meter meter(long code) {
    try {
      return Meter.of(code);
    } catch (IllegalArgumentException e) {
      throw new MalformedException(String.valueOf(e.getMessage()));
    }
  }
}
