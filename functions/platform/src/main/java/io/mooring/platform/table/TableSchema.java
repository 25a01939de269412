package io.mooring.platform.table;

import java.util.List;

/**
 * What a table looks like from outside: enough to make it, on a laptop or in the cloud, and to
 * refuse one that looks otherwise.
 */
public record TableSchema(
    String name, String partitionKey, String sortKey, String expiryAttribute, boolean recoverable) {
  /** The one table that everything lives in; docs/reference/table.md lists what it holds. */
  public static final TableSchema MOORING = new TableSchema("mooring", "pk", "sk", "x", true);

  /** Every table there is. */
  public static final List<TableSchema> ALL = List.of(MOORING);

  /** The same table under the name it has in one deployment. */
  public TableSchema named(String name) {
    return new TableSchema(name, partitionKey, sortKey, expiryAttribute, recoverable);
  }
}
