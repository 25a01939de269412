package io.mooring.iac;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectLockRetention;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/** The bucket of objects, and that of secrets: versioned, private, by TLS only. */
final class Buckets extends Construct {
  /** What is written once and never over: {@code BlobName} has these names. */
  static final List<String> WRITTEN_ONCE = List.of("segment", "intake", "log");

  private static final int UNFINISHED_UPLOAD_DAYS = 1;

  private final Bucket objects;
  private final Bucket secrets;

  Buckets(Construct scope, Stage stage, Keys keys) {
    super(scope, "Buckets");
    objects =
        bucket("objects", stage, keys, Keys.Purpose.OBJECTS)
            .objectLockEnabled(true)
            .objectLockDefaultRetention(
                ObjectLockRetention.governance(Duration.days(Tables.RECOVERABLE_DAYS)))
            .lifecycleRules(
                List.of(
                    LifecycleRule.builder()
                        .id("what is no version of the last days")
                        .noncurrentVersionExpiration(Duration.days(Tables.RECOVERABLE_DAYS))
                        .expiredObjectDeleteMarker(true)
                        .build(),
                    LifecycleRule.builder()
                        .id("uploads that nobody finished")
                        .abortIncompleteMultipartUploadAfter(Duration.days(UNFINISHED_UPLOAD_DAYS))
                        .build()))
            .build();
    objects.addToResourcePolicy(
        neverOver(objects, WRITTEN_ONCE.stream().map(k -> "*/" + k + "/*")));

    secrets = bucket("secrets", stage, keys, Keys.Purpose.SECRETS).build();
    secrets.addToResourcePolicy(neverOver(secrets, Stream.of("*")));
  }

  Bucket objects() {
    return objects;
  }

  Bucket secrets() {
    return secrets;
  }

  private Bucket.Builder bucket(String name, Stage stage, Keys keys, Keys.Purpose purpose) {
    return Bucket.Builder.create(this, name)
        .bucketName("mooring-" + stage.word() + "-" + name + "-" + Aws.ACCOUNT_ID)
        .versioned(true)
        .encryption(BucketEncryption.KMS)
        .encryptionKey(keys.of(purpose))
        .bucketKeyEnabled(true)
        .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
        .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
        .enforceSsl(true)
        .removalPolicy(stage.kept() ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
  }

  /** Refuses a PUT that does not say If-None-Match, so that nobody can write over what is there. */
  private static PolicyStatement neverOver(Bucket bucket, Stream<String> names) {
    return PolicyStatement.Builder.create()
        .sid("NeverOver")
        .effect(Effect.DENY)
        .principals(List.of(new AnyPrincipal()))
        .actions(List.of("s3:PutObject"))
        .resources(names.map(bucket::arnForObjects).toList())
        .conditions(
            Map.of(
                "Null", Map.of("s3:if-none-match", "true"),
                // The parts of a multipart upload carry no condition; its completion does.
                "Bool", Map.of("s3:ObjectCreationOperation", "true")))
        .build();
  }
}
