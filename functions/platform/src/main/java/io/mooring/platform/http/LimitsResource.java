package io.mooring.platform.http;

import io.mooring.platform.limit.Limit;
import io.mooring.platform.limit.LimitSet;
import io.quarkus.arc.All;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The numbers that the code enforces, for everybody to read before they run into them. */
@Public
@Path("/v1/limits")
@Produces(MediaType.APPLICATION_JSON)
public class LimitsResource {
  private final SortedMap<String, Long> limits = new TreeMap<>();

  LimitsResource(@All List<LimitSet> sets) {
    for (LimitSet set : sets) {
      for (Limit limit : set.limits()) {
        if (limits.put(limit.word(), limit.value()) != null) {
          throw new IllegalStateException("two limits are called " + limit.word());
        }
      }
    }
  }

  @GET
  public SortedMap<String, Long> limits() {
    return limits;
  }
}
