package io.mooring.iac;

import io.mooring.platform.commit.TamperedException;
import io.mooring.platform.problem.PlatformRefusal;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.AlarmRule;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.CompositeAlarm;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IAlarm;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.logs.FilterPattern;
import software.amazon.awscdk.services.logs.MetricFilter;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/** What wakes somebody, and the page that they then look at. */
final class Alarms extends Construct {
  /** Of the requests of thirty days so many may fail, and no more: 99.9 %. */
  static final double MAY_FAIL = 0.001;

  private static final String NAMESPACE = "Mooring";

  /** What stands in the log when something stored is not what it was. */
  static final String[] SIGNS = {
    TamperedException.class.getSimpleName(),
    PlatformRefusal.LEDGER_FROZEN.code(),
    PlatformRefusal.CREDIT_FROZEN.code()
  };

  private static final double LATENCY_MILLIS_MAX = 2_000;
  private static final double INTAKE_AGE_SECONDS_MAX = 60;

  /** Every alarm; docs/operating/runbook.md says of each what to do. */
  enum Kind {
    /** At this pace a fiftieth of the month's failures is spent in an hour. */
    BUDGET_BURNS_FAST,
    /** At this pace a twentieth of it is spent in six hours. */
    BUDGET_BURNS_SLOWLY,
    ANSWERS_ARE_SLOW,
    TABLE_THROTTLES,
    TABLE_FAILS,
    FUNCTIONS_ARE_THROTTLED,
    INTAKE_IS_OLD,
    INTAKE_HAS_DEAD_LETTERS,
    EVENTS_HAVE_DEAD_LETTERS,
    STREAM_LAGS,
    EVIDENCE_OF_TAMPERING;

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** A pace of burning, seen over a long time and still there over a short one. */
  private record Burn(double pace, Duration over, Duration still) {}

  private static final Burn FAST = new Burn(14.4, Duration.hours(1), Duration.minutes(5));
  private static final Burn SLOW = new Burn(6, Duration.hours(6), Duration.minutes(30));

  private final HttpGate gate;
  private final Functions functions;
  private final Functions.Stores stores;
  private final Topic people;
  private final Map<Kind, IMetric> shown = new EnumMap<>(Kind.class);

  Alarms(Construct scope, HttpGate gate, Functions functions, Functions.Stores stores) {
    super(scope, "Alarms");
    this.gate = gate;
    this.functions = functions;
    this.stores = stores;
    people =
        Topic.Builder.create(this, "People")
            .topicName("mooring-alarms")
            .masterKey(stores.keys().of(Keys.Purpose.MESSAGES))
            .enforceSsl(true)
            .build();
    people.addSubscription(
        new EmailSubscription(
            CfnParameter.Builder.create(this, "Mail")
                .type("String")
                .description("who is told of alarms")
                .build()
                .getValueAsString()));
    for (Kind kind : Kind.values()) {
      switch (kind) {
        case BUDGET_BURNS_FAST -> burning(kind, FAST);
        case BUDGET_BURNS_SLOWLY -> burning(kind, SLOW);
        default -> above(kind);
      }
    }
    dashboard();
  }

  Topic people() {
    return people;
  }

  private void above(Kind kind) {
    Duration minutes = Duration.minutes(5);
    switch (kind) {
      case BUDGET_BURNS_FAST, BUDGET_BURNS_SLOWLY -> throw new IllegalArgumentException();
      case ANSWERS_ARE_SLOW -> above(kind, gate("Latency", "p99", minutes), LATENCY_MILLIS_MAX, 3);
      case TABLE_THROTTLES -> above(kind, table("ThrottledRequests", minutes), 0, 3);
      case TABLE_FAILS -> above(kind, table("SystemErrors", minutes), 0, 2);
      case FUNCTIONS_ARE_THROTTLED -> above(kind, lambda("Throttles", minutes), 0, 2);
      case INTAKE_IS_OLD ->
          above(
              kind,
              queue(stores.queues().intake().getQueueName(), "ApproximateAgeOfOldestMessage"),
              INTAKE_AGE_SECONDS_MAX,
              2);
      case INTAKE_HAS_DEAD_LETTERS ->
          above(kind, waiting(stores.queues().intakeDead().getQueueName()), 0, 1);
      case EVENTS_HAVE_DEAD_LETTERS ->
          above(kind, waiting(stores.queues().eventsDead().getQueueName()), 0, 1);
      case STREAM_LAGS ->
          above(
              kind,
              Metric.Builder.create()
                  .namespace("AWS/Lambda")
                  .metricName("IteratorAge")
                  .dimensionsMap(
                      Map.of("FunctionName", functions.of(Deployable.COMMITS).getFunctionName()))
                  .statistic("Maximum")
                  .period(minutes)
                  .build(),
              Duration.minutes(10).toMilliseconds().doubleValue(),
              2);
      case EVIDENCE_OF_TAMPERING -> above(kind, tampering(minutes), 0, 1);
    }
  }

  private void above(Kind kind, IMetric metric, double most, int periods) {
    shown.put(kind, metric);
    alarm(kind.word(), metric, most, periods).addAlarmAction(new SnsAction(people));
  }

  private Alarm alarm(String name, IMetric metric, double most, int periods) {
    return Alarm.Builder.create(this, name)
        .alarmName("mooring-" + name)
        .metric(metric)
        .threshold(most)
        .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
        .evaluationPeriods(periods)
        .treatMissingData(TreatMissingData.NOT_BREACHING)
        .build();
  }

  /** Two windows: the long one says that it matters, the short one that it has not stopped. */
  private void burning(Kind kind, Burn burn) {
    IAlarm over = alarm(kind.word() + "-over", failing(burn.over()), burn.pace() * MAY_FAIL, 1);
    IAlarm still = alarm(kind.word() + "-still", failing(burn.still()), burn.pace() * MAY_FAIL, 1);
    CompositeAlarm.Builder.create(this, kind.word())
        .compositeAlarmName("mooring-" + kind.word())
        .alarmRule(AlarmRule.allOf(over, still))
        .build()
        .addAlarmAction(new SnsAction(people));
    shown.put(kind, failing(burn.still()));
  }

  private IMetric failing(Duration period) {
    return MathExpression.Builder.create()
        .label("part of requests that failed")
        .expression("failed / total")
        .usingMetrics(
            Map.of("failed", gate("5xx", "Sum", period), "total", gate("Count", "Sum", period)))
        .period(period)
        .build();
  }

  private Metric gate(String name, String statistic, Duration period) {
    return Metric.Builder.create()
        .namespace("AWS/ApiGateway")
        .metricName(name)
        .dimensionsMap(Map.of("ApiId", gate.api().getAttrApiId()))
        .statistic(statistic)
        .period(period)
        .build();
  }

  private Metric table(String name, Duration period) {
    return Metric.Builder.create()
        .namespace("AWS/DynamoDB")
        .metricName(name)
        .dimensionsMap(Map.of("TableName", stores.tables().mooring().getTableName()))
        .statistic("Sum")
        .period(period)
        .build();
  }

  private IMetric lambda(String name, Duration period) {
    Map<String, IMetric> each = new LinkedHashMap<>();
    for (Deployable one : functions.all()) {
      each.put(
          one.word(),
          Metric.Builder.create()
              .namespace("AWS/Lambda")
              .metricName(name)
              .dimensionsMap(Map.of("FunctionName", functions.of(one).getFunctionName()))
              .statistic("Sum")
              .period(period)
              .build());
    }
    return MathExpression.Builder.create()
        .label(name + " of all functions")
        .expression(String.join(" + ", each.keySet()))
        .usingMetrics(each)
        .period(period)
        .build();
  }

  private static Metric waiting(String queue) {
    return queue(queue, "ApproximateNumberOfMessagesVisible");
  }

  private static Metric queue(String queue, String name) {
    return Metric.Builder.create()
        .namespace("AWS/SQS")
        .metricName(name)
        .dimensionsMap(Map.of("QueueName", queue))
        .statistic("Maximum")
        .period(Duration.minutes(1))
        .build();
  }

  /** Whoever finds a record changed logs this one class, and the edge what it then refuses. */
  private IMetric tampering(Duration period) {
    for (Deployable one : functions.all()) {
      MetricFilter.Builder.create(this, "tampering-" + one.word())
          .logGroup(functions.logOf(one))
          .filterPattern(FilterPattern.anyTerm(SIGNS))
          .metricNamespace(NAMESPACE)
          .metricName("Tampering")
          .metricValue("1")
          .build();
    }
    return Metric.Builder.create()
        .namespace(NAMESPACE)
        .metricName("Tampering")
        .statistic("Sum")
        .period(period)
        .build();
  }

  private void dashboard() {
    Dashboard dashboard = Dashboard.Builder.create(this, "Page").dashboardName("mooring").build();
    dashboard.addWidgets(
        graph(
            "Requests",
            gate("Count", "Sum", Duration.minutes(1)),
            gate("4xx", "Sum", Duration.minutes(1)),
            gate("5xx", "Sum", Duration.minutes(1))),
        graph(
            "Latency",
            gate("Latency", "p50", Duration.minutes(1)),
            gate("Latency", "p99", Duration.minutes(1))),
        graph(
            "Table",
            table("ConsumedWriteCapacityUnits", Duration.minutes(1)),
            table("ConsumedReadCapacityUnits", Duration.minutes(1))));
    shown.forEach((kind, metric) -> dashboard.addWidgets(graph(kind.word(), metric)));
  }

  private static GraphWidget graph(String title, IMetric... metrics) {
    return GraphWidget.Builder.create().title(title).left(List.of(metrics)).build();
  }
}
