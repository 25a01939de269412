package io.mooring.platform.commit.dynamodb;

import io.mooring.platform.commit.CommitStoreContract;
import io.mooring.platform.table.dynamodb.DynamoDbTable;
import io.mooring.platform.testing.EmbeddedDynamoDb;
import java.util.Random;

class DynamoDbCommitStoreTest extends CommitStoreContract {
  @Override
  protected Fresh fresh() {
    String table = EmbeddedDynamoDb.newTable();
    return new Fresh(
        new DynamoDbCommitStore(EmbeddedDynamoDb.client(), table),
        new DynamoDbTable(EmbeddedDynamoDb.client(), table, new Random(1)));
  }
}
