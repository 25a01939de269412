/**
 * The commit: one atomic conditional write that carries the effect, the leaf in the log, the debit
 * and the idempotency record. See docs/decisions/0002-the-commit.md.
 *
 * <p>Nothing here knows about HTTP or AWS; {@code dynamodb} sits at the edge.
 */
@NullMarked
package io.mooring.platform.commit;

import org.jspecify.annotations.NullMarked;
