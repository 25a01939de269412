package io.mooring.platform.table.dynamodb;

/** DynamoDB's own bounds, which it also enforces itself. */
public final class Limits {
  public static final int ITEM_BYTES_MAX = 400 * 1024;
  public static final int TRANSACTION_ITEMS_MAX = 100;
  public static final long TRANSACTION_BYTES_MAX = 4L * 1024 * 1024;
  public static final int BATCH_WRITE_ITEMS_MAX = 25;
  public static final int BATCH_GET_ITEMS_MAX = 100;
  public static final int PAGE_BYTES_MAX = 1024 * 1024;

  private Limits() {}
}
