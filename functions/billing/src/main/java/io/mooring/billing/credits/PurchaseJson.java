package io.mooring.billing.credits;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.billing.Asset;
import io.mooring.billing.Purchase;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.table.Item;

/** A purchase as its item keeps it. */
final class PurchaseJson {
  private PurchaseJson() {}

  static byte[] write(Purchase purchase) {
    return JsonTree.bytes(
        JsonTree.object()
            .put("id", purchase.id())
            .put("asset", purchase.asset().name())
            .put("units", purchase.units())
            .put("returned", purchase.returned()));
  }

  static Purchase read(Item item) {
    JsonNode body = JsonTree.parse(item.body());
    return new Purchase(
        body.required("id").asText(),
        Asset.valueOf(body.required("asset").asText()),
        body.required("units").asLong(),
        body.required("returned").asLong());
  }
}
