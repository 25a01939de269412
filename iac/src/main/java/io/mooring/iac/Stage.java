package io.mooring.iac;

import java.util.List;
import java.util.Map;

/** A kind of deployment, and what it leaves out, each with its reason. */
record Stage(String word, boolean kept, Map<Part, String> leftOut) {
  static final Stage DEV = new Stage("dev", false, Map.of());
  static final Stage PROD = new Stage("prod", true, Map.of());

  /** What LocalStack's open edition can hold. The application runs as a process beside it. */
  static final Stage LOCALSTACK =
      new Stage(
          "localstack",
          false,
          Map.of(
              Part.FUNCTIONS,
              "its Lambda needs Docker; the Lambda contract has a harness of its own",
              Part.HTTP_GATE,
              "API Gateway v2 is not in the open edition",
              Part.SOCKET_GATE,
              "API Gateway v2 is not in the open edition",
              Part.SCHEDULES,
              "they call functions",
              Part.DEVICES,
              "IoT Core is not in the open edition",
              Part.DISTRIBUTION,
              "CloudFront is not in the open edition",
              Part.ALARMS,
              "they watch functions, and nobody is on call for a laptop",
              Part.BUDGET,
              "Budgets is not in the open edition",
              Part.SUPPORT,
              "its open edition enforces no policies, so the role would keep nobody out"));

  static final List<Stage> ALL = List.of(DEV, PROD, LOCALSTACK);

  /** {@code kept} says whether the data outlives the stack. */
  Stage {
    leftOut = Map.copyOf(leftOut);
  }

  boolean has(Part part) {
    return !leftOut.containsKey(part);
  }

  String stackName() {
    return "mooring-" + word;
  }
}
