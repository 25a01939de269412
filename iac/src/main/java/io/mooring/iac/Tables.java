package io.mooring.iac;

import io.mooring.platform.table.TableSchema;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.StreamViewType;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.dynamodb.TableEncryption;
import software.constructs.Construct;

/** The table, made from the schema that the application refuses to start without. */
final class Tables extends Construct {
  /** The longest that DynamoDB offers; objects are locked for as long ({@link Buckets}). */
  static final int RECOVERABLE_DAYS = 35;

  private final Table mooring;

  Tables(Construct scope, Stage stage, Keys keys) {
    super(scope, "Tables");
    mooring = table(TableSchema.MOORING, stage, keys);
  }

  Table mooring() {
    return mooring;
  }

  private Table table(TableSchema schema, Stage stage, Keys keys) {
    return Table.Builder.create(this, schema.name())
        .tableName(schema.name())
        .partitionKey(text(schema.partitionKey()))
        .sortKey(text(schema.sortKey()))
        .timeToLiveAttribute(schema.expiryAttribute())
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .stream(StreamViewType.NEW_IMAGE)
        .encryption(TableEncryption.CUSTOMER_MANAGED)
        .encryptionKey(keys.of(Keys.Purpose.TABLE))
        .pointInTimeRecoverySpecification(
            PointInTimeRecoverySpecification.builder()
                .pointInTimeRecoveryEnabled(schema.recoverable())
                .recoveryPeriodInDays(RECOVERABLE_DAYS)
                .build())
        .deletionProtection(stage.kept())
        .removalPolicy(stage.kept() ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY)
        .build();
  }

  private static Attribute text(String name) {
    return Attribute.builder().name(name).type(AttributeType.STRING).build();
  }
}
