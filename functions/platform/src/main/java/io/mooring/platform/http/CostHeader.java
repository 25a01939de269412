package io.mooring.platform.http;

import io.mooring.billing.Asset;
import io.mooring.billing.Charge;
import io.mooring.billing.Meter;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a reply cost, as a structured-field dictionary (RFC 9651): units of each asset, gas, and the
 * version of the price list. A repetition costs nothing.
 */
public final class CostHeader {
  public static final String NAME = "Mooring-Cost";

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z*][A-Za-z0-9!#$%&'*+.^_`|~:/-]*");

  private CostHeader() {}

  /** Adds the header, unless nothing was ever charged for what the reply tells. */
  public static void put(
      Response.ResponseBuilder response, List<Charge> charges, boolean replayed) {
    if (!charges.isEmpty()) {
      response.header(NAME, of(charges, replayed));
    }
  }

  static String of(List<Charge> charges, boolean replayed) {
    long cpc = replayed ? 0 : units(charges, Asset.CPC);
    long itc = replayed ? 0 : units(charges, Asset.ITC);
    long gas =
        charges.stream()
            .filter(charge -> !replayed && charge.meter() == Meter.GAS)
            .mapToLong(Charge::quantity)
            .sum();
    return "cpc=%d, itc=%d, gas=%d, prices=%s"
        .formatted(cpc, itc, gas, version(charges.getFirst().priceVersion()));
  }

  private static long units(List<Charge> charges, Asset asset) {
    return charges.stream()
        .filter(charge -> charge.meter().asset() == asset)
        .mapToLong(Charge::units)
        .reduce(0, Math::addExact);
  }

  /** A token where it can be one, else a string. */
  private static String version(String version) {
    return TOKEN.matcher(version).matches() ? version : '"' + version + '"';
  }
}
