package io.mooring.billing.credits;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.billing.Asset;
import io.mooring.billing.Hold;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.table.Item;

/** A hold as its item keeps it. */
final class HoldJson {
  private HoldJson() {}

  static byte[] write(Hold hold) {
    return JsonTree.bytes(
        Purses.FundsJson.write(hold.funds())
            .put("id", hold.id())
            .put("asset", hold.asset().name())
            .put("expires", hold.expiresMillis())
            .put("state", hold.state().name()));
  }

  static Hold read(Item item) {
    JsonNode body = JsonTree.parse(item.body());
    return new Hold(
        body.required("id").asText(),
        Asset.valueOf(body.required("asset").asText()),
        Purses.FundsJson.read(body),
        body.required("expires").asLong(),
        Hold.State.valueOf(body.required("state").asText()));
  }
}
