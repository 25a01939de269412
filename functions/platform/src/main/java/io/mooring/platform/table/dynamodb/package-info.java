/** The single table in DynamoDB. Whoever hands in a client has its retries off: they are ours. */
@NullMarked
package io.mooring.platform.table.dynamodb;

import org.jspecify.annotations.NullMarked;
