package io.mooring.billing.credits;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.billing.Asset;
import io.mooring.billing.Hold;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.table.Item;

/**
 * A hold as its item keeps it.
 *
 * @param holder who has set it aside: whose caps it counts for, beside those of the tenant
 * @param sinceMillis when that was
 */
record StoredHold(Hold hold, String holder, long sinceMillis) {
  static StoredHold read(Item item) {
    JsonNode body = JsonTree.parse(item.body());
    Hold hold =
        new Hold(
            body.required("id").asText(),
            Asset.valueOf(body.required("asset").asText()),
            Purses.FundsJson.read(body),
            body.required("expires").asLong(),
            Hold.State.valueOf(body.required("state").asText()),
            body.required("captured").asLong());
    return new StoredHold(hold, body.required("holder").asText(), body.required("since").asLong());
  }

  byte[] body() {
    return JsonTree.bytes(
        Purses.FundsJson.write(hold.funds())
            .put("id", hold.id())
            .put("asset", hold.asset().name())
            .put("expires", hold.expiresMillis())
            .put("state", hold.state().name())
            .put("captured", hold.captured())
            .put("holder", holder)
            .put("since", sinceMillis));
  }

  StoredHold ended(Hold end) {
    return new StoredHold(end, holder, sinceMillis);
  }

  /** What went back at its end. */
  long released() {
    return hold.funds().total() - hold.captured();
  }
}
