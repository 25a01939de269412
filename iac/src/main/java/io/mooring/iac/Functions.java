package io.mooring.iac;

import io.mooring.platform.limit.PlatformLimit;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.secretsmanager.SecretStringGenerator;
import software.constructs.Construct;

/** Every function, each with a role that holds what it needs and nothing else. */
final class Functions extends Construct {
  /** The application gives up a second before it, and the gateway a second after it. */
  static final int REQUEST_SECONDS = PlatformLimit.REQUEST_SECONDS_MAX.intValue() + 1;

  static final int SEQUENCER_SECONDS = 60;

  /** The fewest that SQS allows: each drains the queue while it runs, and they seldom race. */
  static final int SEQUENCERS = 2;

  private static final String OPERATOR_KEY_PREFIX = "mk_operator_";
  private static final int OPERATOR_KEY_CHARACTERS = 48;
  private static final String HANDLER =
      "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest";

  private final Stores stores;
  private final Settings settings;
  private final Secret operatorKey;
  private final Map<Deployable.Artifact, Code> code = new EnumMap<>(Deployable.Artifact.class);
  private final Map<Deployable, LogGroup> logs = new EnumMap<>(Deployable.class);
  private final Map<Deployable, Function> functions = new EnumMap<>(Deployable.class);

  /** What the functions stand on. */
  record Stores(Keys keys, Tables tables, Buckets buckets, Queues queues) {}

  Functions(Construct scope, Stage stage, Settings settings, Stores stores) {
    super(scope, "Functions");
    this.stores = stores;
    this.settings = settings;
    this.operatorKey =
        Secret.Builder.create(this, "OperatorKey")
            .description("Mooring: what stands behind " + OPERATOR_KEY_PREFIX)
            .encryptionKey(stores.keys().of(Keys.Purpose.SECRETS))
            .generateSecretString(
                SecretStringGenerator.builder()
                    .excludePunctuation(true)
                    .passwordLength(OPERATOR_KEY_CHARACTERS)
                    .build())
            .removalPolicy(stage.kept() ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY)
            .build();
    for (Deployable.Artifact artifact : Deployable.Artifact.values()) {
      code.put(artifact, code(artifact));
    }
    for (Deployable one : Deployable.values()) {
      if (stage.has(one.part())) {
        functions.put(one, function(one));
      }
    }
  }

  Function of(Deployable one) {
    return Objects.requireNonNull(functions.get(one));
  }

  /** Those that this stage has. */
  Set<Deployable> all() {
    return functions.keySet();
  }

  LogGroup logOf(Deployable one) {
    return Objects.requireNonNull(logs.get(one));
  }

  private Function function(Deployable one) {
    LogGroup log =
        LogGroup.Builder.create(this, one.word() + "-log")
            .logGroupName("/mooring/" + one.word())
            .encryptionKey(stores.keys().of(Keys.Purpose.LOGS))
            .retention(RetentionDays.THREE_MONTHS)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    Role role =
        Role.Builder.create(this, one.word() + "-role")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .build();
    log.grantWrite(role);
    logs.put(one, log);
    grant(one, role);

    return Function.Builder.create(this, one.word())
        .functionName("mooring-" + one.word())
        .code(Objects.requireNonNull(code.get(one.artifact())))
        .runtime(settings.isNative() ? Runtime.PROVIDED_AL2023 : Runtime.JAVA_25)
        .architecture(Architecture.ARM_64)
        .handler(HANDLER)
        .memorySize(one.memoryMegabytes())
        .timeout(Duration.seconds(one.seconds()))
        .reservedConcurrentExecutions(one == Deployable.INTAKE ? SEQUENCERS : null)
        .role(role)
        .logGroup(log)
        .tracing(Tracing.ACTIVE)
        .environmentEncryption(stores.keys().of(Keys.Purpose.SECRETS))
        .environment(environment(one))
        .build();
  }

  /** A package as a file, where one is given; else an object that the deployment is told of. */
  private Code code(Deployable.Artifact artifact) {
    String name = artifact.name().toLowerCase(Locale.ROOT);
    Object file = getNode().tryGetContext(name);
    if (file != null) {
      return Code.fromAsset(file.toString());
    }
    String bucket = parameter(name + "PackageBucket", "where functions/" + name + " lies");
    return Code.fromBucket(
        Bucket.fromBucketName(this, name + "-packages", bucket),
        parameter(name + "PackageKey", "the object that is functions/" + name));
  }

  private Map<String, String> environment(Deployable one) {
    Map<String, String> told = new LinkedHashMap<>();
    told.put("MOORING_STORES_TABLE", stores.tables().mooring().getTableName());
    told.put("MOORING_STORES_BUCKET", stores.buckets().objects().getBucketName());
    told.put("MOORING_SECRETS_BUCKET", stores.buckets().secrets().getBucketName());
    told.put("MOORING_STORES_INTAKE_QUEUE", stores.queues().intake().getQueueUrl());
    told.put("MOORING_STORES_INTAKE_DEAD_LETTERS", stores.queues().intakeDead().getQueueUrl());
    told.put("MOORING_IDENTITY_ISSUER", settings.publicUrl());
    told.put("MOORING_IDENTITY_AUDIENCE", settings.publicUrl());
    told.put("MOORING_IDENTITY_TOKEN_SECONDS", "900");
    told.put("MOORING_LEDGERS_ORIGIN", settings.origin());
    // Schedules do this: a process that is frozen between events has no timers.
    told.put("MOORING_LEDGERS_SWEEP_EVERY", "0s");
    told.put("MOORING_RECONCILIATION_EVERY", "0s");
    if (!settings.isNative()) {
      told.put("JAVA_TOOL_OPTIONS", "--add-opens=java.base/java.lang=ALL-UNNAMED");
    }
    if (one.artifact() == Deployable.Artifact.JOBS) {
      told.put("QUARKUS_LAMBDA_HANDLER", one.word());
    }
    if (one.may(Grant.EVENTS_DEAD_SEND)) {
      told.put("MOORING_READINGS_DEAD_LETTERS", stores.queues().eventsDead().getQueueUrl());
    }
    if (one.may(Grant.OPERATOR_KEY)) {
      told.put(
          "MOORING_IDENTITY_OPERATOR_KEY",
          Fn.join("", List.of(OPERATOR_KEY_PREFIX, operatorKey.getSecretValue().unsafeUnwrap())));
    }
    return told;
  }

  private void grant(Deployable one, Role role) {
    String table = stores.tables().mooring().getTableArn();
    role.addToPolicy(Permissions.shape(table));
    role.addToPolicy(Permissions.commitsAreForEver(table));
    key(role, Keys.Purpose.TABLE, "dynamodb");
    // The function's own environment is under this key, whether or not it may read secrets.
    key(role, Keys.Purpose.SECRETS, "lambda", "s3");
    for (Grant grant : Grant.values()) {
      if (one.may(grant)) {
        grant(grant, role, table);
      }
    }
  }

  private void grant(Grant grant, Role role, String table) {
    switch (grant) {
      case READ -> role.addToPolicy(Permissions.read(table));
      case HINT -> role.addToPolicy(Permissions.hint(table));
      case COMMIT -> {
        role.addToPolicy(Permissions.commit(table));
        role.addToPolicy(Permissions.commitWithEffects(table));
      }
      case DERIVE -> role.addToPolicy(Permissions.derive(table));
      case OBJECTS -> {
        Bucket bucket = stores.buckets().objects();
        allow(role, bucket.getBucketArn(), "s3:ListBucket");
        allow(
            role, bucket.arnForObjects("ten_*"), "s3:GetObject", "s3:PutObject", "s3:DeleteObject");
        key(role, Keys.Purpose.OBJECTS, "s3");
      }
      case SECRETS -> {
        Bucket bucket = stores.buckets().secrets();
        allow(role, bucket.getBucketArn(), "s3:ListBucket");
        allow(role, bucket.arnForObjects("*"), "s3:GetObject", "s3:PutObject", "s3:DeleteObject");
      }
      case INTAKE_SEND -> {
        allow(role, stores.queues().intake().getQueueArn(), "sqs:SendMessage");
        key(role, Keys.Purpose.MESSAGES, "sqs");
      }
      case INTAKE_TAKE -> {
        allow(
            role,
            stores.queues().intake().getQueueArn(),
            "sqs:ReceiveMessage",
            "sqs:DeleteMessage",
            "sqs:ChangeMessageVisibility",
            "sqs:GetQueueAttributes");
        allow(role, stores.queues().intakeDead().getQueueArn(), "sqs:SendMessage");
        key(role, Keys.Purpose.MESSAGES, "sqs");
      }
      case EVENTS_DEAD_SEND -> {
        allow(role, stores.queues().eventsDead().getQueueArn(), "sqs:SendMessage");
        key(role, Keys.Purpose.MESSAGES, "sqs");
      }
      case OPERATOR_KEY -> {
        // It comes with the environment; nothing is fetched.
      }
    }
  }

  private void key(Role role, Keys.Purpose purpose, String... services) {
    role.addToPolicy(
        Permissions.useOfKey(stores.keys().of(purpose).getKeyArn(), List.of(services)));
  }

  private static void allow(Role role, String resource, String... actions) {
    role.addToPolicy(
        PolicyStatement.Builder.create()
            .actions(List.of(actions))
            .resources(List.of(resource))
            .build());
  }

  private String parameter(String name, String what) {
    return CfnParameter.Builder.create(this, name)
        .type("String")
        .description(what)
        .build()
        .getValueAsString();
  }
}
