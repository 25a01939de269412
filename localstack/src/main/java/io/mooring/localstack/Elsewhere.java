package io.mooring.localstack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** LocalStack as the environment tells of it, by the variables that localstack.env has. */
final class Elsewhere {
  private static final List<String> SERVICES = List.of("dynamodb", "s3", "sqs");

  private Elsewhere() {}

  /** The application's settings that lead there; the names of the stores it reads by itself. */
  static Map<String, String> settings(Map<String, String> environment) {
    Map<String, String> told = new LinkedHashMap<>();
    for (String service : SERVICES) {
      String of = "quarkus." + service;
      String key = of + ".aws.credentials.static-provider.";
      told.put(of + ".endpoint-override", variable(environment, "LOCALSTACK_ENDPOINT"));
      told.put(of + ".aws.region", variable(environment, "AWS_REGION"));
      told.put(of + ".aws.credentials.type", "static");
      told.put(key + "access-key-id", variable(environment, "AWS_ACCESS_KEY_ID"));
      told.put(key + "secret-access-key", variable(environment, "AWS_SECRET_ACCESS_KEY"));
    }
    told.put("quarkus.s3.path-style-access", "true");
    return told;
  }

  private static String variable(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null) {
      throw new StartRefusedException(
          name + " is not set; make localstack-up writes it to localstack.env");
    }
    return value;
  }
}
