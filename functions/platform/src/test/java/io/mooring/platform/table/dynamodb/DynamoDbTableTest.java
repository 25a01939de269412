package io.mooring.platform.table.dynamodb;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mooring.platform.table.TableContract;
import io.mooring.platform.testing.EmbeddedDynamoDb;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoDbTableTest extends TableContract {
  @Override
  protected Fresh fresh() {
    DynamoDbTable table =
        new DynamoDbTable(EmbeddedDynamoDb.client(), EmbeddedDynamoDb.newTable(), new Random(1));
    return new Fresh(table, table);
  }

  @Test
  void refusesAClientThatWouldRetryByItself() {
    try (DynamoDbClient retrying = DynamoDbClient.builder().region(Region.US_EAST_1).build()) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new DynamoDbTable(retrying, "mooring", new Random(1)));
    }
  }
}
