package io.mooring.billing.credits;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.billing.Asset;
import io.mooring.billing.Funds;
import io.mooring.billing.Grant;
import io.mooring.billing.Purse;
import io.mooring.platform.TenantId;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import java.util.ArrayList;
import java.util.List;

/**
 * The purses of one tenant, one of each asset, in one item: every change of them is a commit of the
 * journal on the condition that nobody changed them meanwhile.
 *
 * <pre>
 * pk            sk       body (JSON)
 * T#ten_acme#   PURSE#   changes, CPC, ITC; each {bought, grants, held, debt, frozen}
 * </pre>
 *
 * @param changes how many changes there were; the number of the last one
 */
public record Purses(long changes, Purse cpc, Purse itc) {
  static Key key(TenantId tenant) {
    return Key.of(tenant, "PURSE");
  }

  static Purses of(Item item) {
    if (!item.exists()) {
      return new Purses(0, Purse.empty(Asset.CPC), Purse.empty(Asset.ITC));
    }
    JsonNode body = JsonTree.parse(item.body());
    return new Purses(
        body.required("changes").asLong(), purse(body, Asset.CPC), purse(body, Asset.ITC));
  }

  public Purse of(Asset asset) {
    return switch (asset) {
      case CPC -> cpc;
      case ITC -> itc;
    };
  }

  /** The purses after one more change. */
  Purses changed(Purse... changed) {
    Purse nextCpc = cpc;
    Purse nextItc = itc;
    for (Purse purse : changed) {
      switch (purse.asset()) {
        case CPC -> nextCpc = purse;
        case ITC -> nextItc = purse;
      }
    }
    return new Purses(changes + 1, nextCpc, nextItc);
  }

  byte[] body() {
    ObjectNode body = JsonTree.object().put("changes", changes);
    for (Asset asset : Asset.values()) {
      body.set(asset.name(), json(of(asset)));
    }
    return JsonTree.bytes(body);
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
