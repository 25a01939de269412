package io.mooring.billing.payments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.billing.Asset;
import io.mooring.billing.payments.PaymentEvent.Disputed;
import io.mooring.billing.payments.PaymentEvent.Paid;
import io.mooring.billing.payments.PaymentEvent.Phase;
import io.mooring.billing.payments.PaymentEvent.Refunded;
import io.mooring.platform.TenantId;
import io.mooring.platform.json.JsonTree;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that is known of one payment. Events only ever add to it, and adding one twice, or two of
 * them in another order, makes no difference.
 *
 * @param tenant who bought; empty until an event has said so
 * @param units what was bought, by the rates of the moment of the event; 0 until it is known
 * @param refunded how much money was paid back so far
 * @param disputes how much money each dispute is about, and where it stands
 */
record Payment(
    String id,
    String tenant,
    String asset,
    long minorUnits,
    String currency,
    long units,
    long refunded,
    SortedMap<String, Dispute> disputes) {
  /** A payment is disputed once or twice; what has more is no payment. */
  static final int DISPUTES_MAX = 32;

  /** One dispute. */
  record Dispute(long minorUnits, Phase phase) {}

  Payment {
    disputes = Collections.unmodifiableSortedMap(new TreeMap<>(disputes));
  }

  static Payment unheardOf(String id) {
    return new Payment(id, "", "", 0, "", 0, 0, new TreeMap<>());
  }

  /** What is known once the event is known too. */
  Payment with(PaymentEvent.OfPayment event, Rates rates) {
    return switch (event) {
      case Paid paid -> paid(paid, rates);
      case Refunded more ->
          new Payment(
              id,
              tenant,
              asset,
              minorUnits,
              currency,
              units,
              Math.max(refunded, more.minorUnits()),
              disputes);
      case Disputed disputed -> disputed(disputed);
    };
  }

  private Payment paid(Paid paid, Rates rates) {
    String who = tenant.isEmpty() && isTenant(paid.tenant()) ? paid.tenant() : tenant;
    String what = asset.isEmpty() && isAsset(paid.asset()) ? paid.asset() : asset;
    long money = minorUnits == 0 ? paid.minorUnits() : minorUnits;
    String currency = this.currency.isEmpty() ? paid.currency() : this.currency;
    long bought =
        units == 0 && !what.isEmpty() ? rates.units(Asset.valueOf(what), money, currency) : units;
    return new Payment(id, who, what, money, currency, bought, refunded, disputes);
  }

  private Payment disputed(Disputed disputed) {
    var more = new TreeMap<>(disputes);
    more.merge(
        disputed.dispute(),
        new Dispute(disputed.minorUnits(), disputed.phase()),
        (before, now) -> now.phase().compareTo(before.phase()) > 0 ? now : before);
    return new Payment(id, tenant, asset, minorUnits, currency, units, refunded, more);
  }

  /** Who bought how much of what, once that is known. */
  Optional<TenantId> buyer() {
    return tenant.isEmpty() || units == 0 ? Optional.empty() : Optional.of(new TenantId(tenant));
  }

  boolean isPaid() {
    return minorUnits > 0;
  }

  /** How many of the units the money that went back stands for; all of them for all of it. */
  long unitsReturned() {
    BigInteger money = BigInteger.valueOf(refunded);
    for (Dispute dispute : disputes.values()) {
      if (dispute.phase() != Phase.WON) {
        money = money.add(BigInteger.valueOf(dispute.minorUnits()));
      }
    }
    BigInteger all = BigInteger.valueOf(minorUnits);
    return money.min(all).multiply(BigInteger.valueOf(units)).divide(all).longValueExact();
  }

  ObjectNode json() {
    ObjectNode json =
        JsonTree.object()
            .put("id", id)
            .put("tenant", tenant)
            .put("asset", asset)
            .put("minorUnits", Long.toString(minorUnits))
            .put("currency", currency)
            .put("units", Long.toString(units))
            .put("refunded", Long.toString(refunded));
    ObjectNode open = json.putObject("disputes");
    disputes.forEach(
        (name, dispute) ->
            open.putObject(name)
                .put("minorUnits", Long.toString(dispute.minorUnits()))
                .put("phase", dispute.phase().name()));
    return json;
  }

  static Payment of(byte[] body) {
    JsonNode json = JsonTree.parse(body);
    SortedMap<String, Dispute> disputes = new TreeMap<>();
    for (Map.Entry<String, JsonNode> dispute : json.required("disputes").properties()) {
      disputes.put(
          dispute.getKey(),
          new Dispute(
              number(dispute.getValue(), "minorUnits"),
              Phase.valueOf(dispute.getValue().required("phase").asText())));
    }
    return new Payment(
        json.required("id").asText(),
        json.required("tenant").asText(),
        json.required("asset").asText(),
        number(json, "minorUnits"),
        json.required("currency").asText(),
        number(json, "units"),
        number(json, "refunded"),
        disputes);
  }

  private static long number(JsonNode json, String member) {
    return Long.parseLong(json.required(member).asText());
  }

  private static boolean isAsset(String name) {
    return Arrays.stream(Asset.values()).anyMatch(asset -> asset.name().equals(name));
  }

  private static boolean isTenant(String id) {
    try {
      return !new TenantId(id).value().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
