package io.mooring.jobs;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.mooring.billing.reconciliation.Rounds;
import io.mooring.platform.commit.Sweeper;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/**
 * Behind EventBridge's schedules: what a process that stays does by itself now and then. The event
 * is {@code {"schedule":"sweep"}}, or another of the words here.
 */
@Named("schedules")
@Singleton
public final class SchedulesFunction implements RequestStreamHandler {
  static final String SWEEP = "sweep";
  static final String RECONCILE = "reconcile";

  private final Sweeper sweeper;
  private final Rounds rounds;

  SchedulesFunction(Sweeper sweeper, Rounds rounds) {
    this.sweeper = sweeper;
    this.rounds = rounds;
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    String word = String.valueOf(Events.map(event).get("schedule"));
    switch (word) {
      case SWEEP -> {
        Sweeper.Swept swept = sweeper.sweepAll();
        Events.write(
            answer,
            Map.of(
                "judged", swept.judged(),
                "deleted", swept.deleted(),
                "unreadable", swept.unreadable()));
      }
      case RECONCILE -> {
        rounds.round();
        Events.write(answer, Map.of());
      }
      default -> throw new IllegalArgumentException("there is no schedule '" + word + "'");
    }
  }
}
