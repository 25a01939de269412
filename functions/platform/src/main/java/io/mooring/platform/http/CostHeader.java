package io.mooring.platform.http;

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
    long cpc = 0;
    long itc = 0;
    long gas = 0;
    for (Charge charge : replayed ? List.<Charge>of() : charges) {
      switch (charge.meter().asset()) {
        case CPC -> cpc = Math.addExact(cpc, charge.units());
        case ITC -> itc = Math.addExact(itc, charge.units());
      }
      gas += charge.meter() == Meter.GAS ? charge.quantity() : 0;
    }
    String prices = version(charges.getFirst().priceVersion());
    return "cpc=" + cpc + ", itc=" + itc + ", gas=" + gas + ", prices=" + prices;
  }

  /** A token where it can be one, else a string. */
  private static String version(String version) {
    return TOKEN.matcher(version).matches() ? version : '"' + version + '"';
  }
}
