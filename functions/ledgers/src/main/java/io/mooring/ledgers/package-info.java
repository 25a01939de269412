/**
 * Verifiable ledgers as tenants keep them: made, appended to, read, proven, derived, scrubbed.
 *
 * <p>Nothing here knows about HTTP or AWS; {@code http} sits at the edge.
 */
@NullMarked
package io.mooring.ledgers;

import org.jspecify.annotations.NullMarked;
