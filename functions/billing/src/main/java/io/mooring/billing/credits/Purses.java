package io.mooring.billing.credits;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.billing.Asset;
import io.mooring.billing.FreeQuota;
import io.mooring.billing.Funds;
import io.mooring.billing.Grant;
import io.mooring.billing.Purse;
import io.mooring.platform.TenantId;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The purses of one tenant, one of each asset, in one item: every change of them is a commit of the
 * journal on the condition that nobody changed them meanwhile.
 *
 * <pre>
 * pk            sk       body (JSON)
 * T#ten_acme#   PURSE#   changes, month, free, low; CPC, ITC: each {bought, grants, held, debt, frozen}
 * </pre>
 *
 * @param changes how many changes there were; the number of the last one
 * @param month the last month, such as 2026-11, whose included credits were granted; empty for none
 * @param low below how many units of each asset somebody is to be told; not there for never
 * @param free what of the free transactions was used
 */
public record Purses(
    long changes, String month, FreeQuota.Used free, Map<Asset, Long> low, Purse cpc, Purse itc) {
  public Purses {
    low = Map.copyOf(low);
  }

  static Key key(TenantId tenant) {
    return Key.of(tenant, "PURSE");
  }

  static Purses of(Item item) {
    if (!item.exists()) {
      return new Purses(
          0, "", FreeQuota.Used.NOTHING, Map.of(), Purse.empty(Asset.CPC), Purse.empty(Asset.ITC));
    }
    JsonNode body = JsonTree.parse(item.body());
    JsonNode free = body.required("free");
    return new Purses(
        body.required("changes").asLong(),
        body.required("month").asText(),
        new FreeQuota.Used(
            free.required("day").asLong(),
            free.required("count").asInt(),
            free.required("fullAt").asLong()),
        low(body.path("low")),
        purse(body, Asset.CPC),
        purse(body, Asset.ITC));
  }

  public Purse of(Asset asset) {
    return switch (asset) {
      case CPC -> cpc;
      case ITC -> itc;
    };
  }

  Purses with(Purse purse) {
    return switch (purse.asset()) {
      case CPC -> new Purses(changes, month, free, low, purse, itc);
      case ITC -> new Purses(changes, month, free, low, cpc, purse);
    };
  }

  Purses with(Map<Asset, Long> nowLow) {
    return new Purses(changes, month, free, nowLow, cpc, itc);
  }

  /** Whether less than somebody wants to know of is left of an asset. */
  boolean isLow(Asset asset, long nowMillis) {
    return of(asset).spendable(nowMillis) < low.getOrDefault(asset, 0L);
  }

  Purses with(FreeQuota.Used used) {
    return new Purses(changes, month, used, low, cpc, itc);
  }

  Purses granted(String ofMonth) {
    return new Purses(changes, ofMonth, free, low, cpc, itc);
  }

  /** The same, as one more change leaves them. */
  Purses changed() {
    return new Purses(changes + 1, month, free, low, cpc, itc);
  }

  byte[] body() {
    ObjectNode body = JsonTree.object().put("changes", changes).put("month", month);
    body.putObject("free")
        .put("day", free.day())
        .put("count", free.count())
        .put("fullAt", free.fullAtMillis());
    ObjectNode lows = body.putObject("low");
    low.forEach((asset, units) -> lows.put(asset.name(), units));
    for (Asset asset : Asset.values()) {
      body.set(asset.name(), json(of(asset)));
    }
    return JsonTree.bytes(body);
  }

  private static Map<Asset, Long> low(JsonNode json) {
    Map<Asset, Long> low = new EnumMap<>(Asset.class);
    for (Asset asset : Asset.values()) {
      if (json.has(asset.name())) {
        low.put(asset, json.get(asset.name()).asLong());
      }
    }
    return low;
  }

  private static ObjectNode json(Purse purse) {
    ObjectNode json = FundsJson.write(purse.available());
    return json.put("held", purse.held()).put("debt", purse.debt()).put("frozen", purse.frozen());
  }

  private static Purse purse(JsonNode body, Asset asset) {
    JsonNode json = body.required(asset.name());
    return new Purse(
        asset,
        FundsJson.read(json),
        json.required("held").asLong(),
        json.required("debt").asLong(),
        json.required("frozen").asBoolean());
  }

  /** Funds as the members {@code bought} and {@code grants}. */
  static final class FundsJson {
    private FundsJson() {}

    static ObjectNode write(Funds funds) {
      ObjectNode json = JsonTree.object().put("bought", funds.bought());
      var grants = json.putArray("grants");
      for (Grant grant : funds.grants()) {
        grants
            .addObject()
            .put("id", grant.id())
            .put("units", grant.units())
            .put("priority", grant.priority())
            .put("expires", grant.expiresMillis());
      }
      return json;
    }

    static Funds read(JsonNode json) {
      List<Grant> grants = new ArrayList<>();
      for (JsonNode grant : json.required("grants")) {
        grants.add(
            new Grant(
                grant.required("id").asText(),
                grant.required("units").asLong(),
                grant.required("priority").asInt(),
                grant.required("expires").asLong()));
      }
      return new Funds(json.required("bought").asLong(), grants);
    }
  }
}
