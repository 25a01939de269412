package io.mooring.platform.commit.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.CommitStoreContract;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.dynamodb.DynamoDbTable;
import io.mooring.platform.testing.EmbeddedDynamoDb;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DynamoDbCommitStoreTest extends CommitStoreContract {
  @Override
  protected Fresh fresh() {
    String table = EmbeddedDynamoDb.newTable();
    return new Fresh(
        new DynamoDbCommitStore(EmbeddedDynamoDb.client(), table),
        new DynamoDbTable(EmbeddedDynamoDb.client(), table, new Random(1)));
  }

  @Test
  void tellsWhoseCommitsAPartitionHolds() {
    LedgerId ledger = new LedgerId(new TenantId("ten_acme"), "led_shipments");
    assertEquals(
        Optional.of(ledger),
        DynamoDbCommitStore.ledgerOfCommits(Key.commit(ledger, 41).partition()));
    assertEquals(
        Optional.empty(),
        DynamoDbCommitStore.ledgerOfCommits(Key.of(ledger, "H", "contended").partition()));
  }
}
