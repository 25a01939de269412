package io.mooring.platform.table.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mooring.platform.table.TableSchema;
import io.mooring.platform.table.dynamodb.TableSetup.WrongShapeException;
import io.mooring.platform.testing.EmbeddedDynamoDb;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

class TableSetupTest {
  private final TableSetup setup = new TableSetup(EmbeddedDynamoDb.client());

  @Test
  void aTableThatItMadeHasTheRightShapeAndMayBeMadeAgain() {
    TableSchema schema = TableSchema.MOORING.named(EmbeddedDynamoDb.newTable());
    setup.requireShape(schema);
    setup.create(schema);
  }

  @Test
  void refusesATableThatIsNotThere() {
    assertRefused("there is no table nowhere", TableSchema.MOORING.named("nowhere"));
  }

  @Test
  void refusesATableWithAnotherKey() {
    EmbeddedDynamoDb.client()
        .createTable(
            create ->
                create
                    .tableName("crooked")
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(
                        AttributeDefinition.builder()
                            .attributeName("pk")
                            .attributeType(ScalarAttributeType.S)
                            .build())
                    .keySchema(
                        KeySchemaElement.builder()
                            .attributeName("pk")
                            .keyType(KeyType.HASH)
                            .build()));
    WrongShapeException refused =
        assertThrows(
            WrongShapeException.class, () -> setup.create(TableSchema.MOORING.named("crooked")));
    assertEquals("table crooked: key is", refused.getMessage().substring(0, 21));
  }

  @Test
  void refusesATableThatForgetsByAnotherAttribute() {
    TableSchema schema = new TableSchema(EmbeddedDynamoDb.newTable(), "pk", "sk", "other", true);
    assertRefused("table " + schema.name() + ": expiry attribute is x, not other", schema);
  }

  private void assertRefused(String why, TableSchema schema) {
    WrongShapeException refused =
        assertThrows(WrongShapeException.class, () -> setup.requireShape(schema));
    assertEquals(why, refused.getMessage());
  }
}
