package io.mooring.iac;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.constructs.Construct;

/** A key of KMS for each purpose, so that a right to one kind of data is a right to no other. */
final class Keys extends Construct {
  /** What a key is for. */
  enum Purpose {
    TABLE("items of the table, its streams and backups"),
    OBJECTS("segments, tiles and payloads in the bucket"),
    SECRETS("the platform's own secrets, and what functions are told of them"),
    MESSAGES("what waits in queues, and alarms on their way to people"),
    LOGS("what the functions log");

    private final String what;

    Purpose(String what) {
      this.what = what;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Map<Purpose, Key> keys = new EnumMap<>(Purpose.class);

  Keys(Construct scope, Stage stage) {
    super(scope, "Keys");
    for (Purpose purpose : Purpose.values()) {
      keys.put(
          purpose,
          Key.Builder.create(this, purpose.word())
              .alias("mooring-" + stage.word() + "-" + purpose.word())
              .description("Mooring: " + purpose.what)
              .enableKeyRotation(true)
              .removalPolicy(stage.kept() ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY)
              .build());
    }
    of(Purpose.MESSAGES).addToResourcePolicy(use("cloudwatch.amazonaws.com"));
    of(Purpose.MESSAGES).addToResourcePolicy(use("scheduler.amazonaws.com"));
    of(Purpose.MESSAGES).addToResourcePolicy(use("iot.amazonaws.com"));
    of(Purpose.LOGS).addToResourcePolicy(use("logs.amazonaws.com"));
  }

  Key of(Purpose purpose) {
    return Objects.requireNonNull(keys.get(purpose));
  }

  private static PolicyStatement use(String service) {
    return PolicyStatement.Builder.create()
        .principals(List.of(new ServicePrincipal(service)))
        .actions(List.of("kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey*", "kms:DescribeKey"))
        .resources(List.of("*"))
        .build();
  }
}
