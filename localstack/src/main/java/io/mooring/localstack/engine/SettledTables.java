package io.mooring.localstack.engine;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.model.ListTablesRequest;
import com.amazonaws.services.dynamodbv2.model.TransactWriteItemsRequest;
import com.amazonaws.services.dynamodbv2.model.TransactWriteItemsResult;

/**
 * DynamoDB Local over a file, except that a transaction is answered only when it is in the file.
 *
 * <p>By itself it answers while its COMMIT still waits in a queue, and what is killed in between
 * has lost what it answered. One thread works that queue, so the answer to anything asked later
 * comes after the COMMIT.
 */
final class SettledTables extends LocalDynamoDBRequestHandler {
  private static final int NO_PORT_OF_ITS_OWN = 0;
  private static final boolean IN_A_FILE = false;
  private static final boolean ONE_DATABASE_FOR_ALL_CREDENTIALS = true;
  private static final boolean WITHOUT_DELAYS = false;

  SettledTables(String folder) {
    super(NO_PORT_OF_ITS_OWN, IN_A_FILE, folder, ONE_DATABASE_FOR_ALL_CREDENTIALS, WITHOUT_DELAYS);
  }

  @Override
  public TransactWriteItemsResult transactWriteItems(
      String accessKey, String region, TransactWriteItemsRequest request) {
    TransactWriteItemsResult result = super.transactWriteItems(accessKey, region, request);
    listTables(accessKey, region, new ListTablesRequest().withLimit(1));
    return result;
  }
}
