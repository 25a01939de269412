package io.mooring.evm.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.evm.Fork;
import io.mooring.evm.transaction.BlobSchedule;

/** Blob schedules as test files and transition tools write them. */
public final class BlobScheduleJson {
  private BlobScheduleJson() {}

  /** The schedule of a fork in a test's {@code config}, if it has one. */
  static BlobSchedule read(JsonNode config, Fork fork, String forkName, BlobSchedule otherwise) {
    JsonNode schedule = config.path("blobSchedule").path(forkName);
    return schedule.isObject() ? read(schedule, fork) : otherwise;
  }

  public static BlobSchedule read(JsonNode json, Fork fork) {
    int max = Math.toIntExact(JsonHex.number(json.get("max")));
    return new BlobSchedule(
        Math.toIntExact(JsonHex.number(json.get("target"))),
        max,
        fork.includes(Fork.OSAKA) ? Math.min(max, BlobSchedule.OSAKA.perTransactionMax()) : max,
        JsonHex.number(json.get("baseFeeUpdateFraction")));
  }
}
