package io.mooring.iac;

import java.util.List;
import java.util.Locale;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.constructs.Construct;

/** What the clock calls. */
final class Schedules extends Construct {
  /** What happens by the clock. */
  enum Schedule {
    /** Replays every tenant's postings and compares them with what is stored. */
    RECONCILE("rate(1 hour)"),
    /** Removes what nothing refers to. */
    SWEEP("rate(1 day)");

    private final String expression;

    Schedule(String expression) {
      this.expression = expression;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Schedules(Construct scope, Functions functions, Queues queues) {
    super(scope, "Schedules");
    Role caller =
        Role.Builder.create(this, "Clock")
            .assumedBy(new ServicePrincipal("scheduler.amazonaws.com"))
            .build();
    Function called = functions.of(Deployable.SCHEDULES);
    caller.addToPolicy(
        PolicyStatement.Builder.create()
            .actions(List.of("lambda:InvokeFunction"))
            .resources(List.of(called.getFunctionArn()))
            .build());
    queues.eventsDead().grantSendMessages(caller);
    for (Schedule schedule : Schedule.values()) {
      schedule(schedule, called, caller, queues.eventsDead().getQueueArn());
    }
  }

  private void schedule(Schedule schedule, Function called, Role caller, String dead) {
    CfnSchedule.Builder.create(this, schedule.word())
        .name("mooring-" + schedule.word())
        .scheduleExpression(schedule.expression)
        .flexibleTimeWindow(CfnSchedule.FlexibleTimeWindowProperty.builder().mode("OFF").build())
        .target(
            CfnSchedule.TargetProperty.builder()
                .arn(called.getFunctionArn())
                .roleArn(caller.getRoleArn())
                .input("{\"schedule\":\"" + schedule.word() + "\"}")
                .deadLetterConfig(CfnSchedule.DeadLetterConfigProperty.builder().arn(dead).build())
                .build())
        .build();
  }
}
