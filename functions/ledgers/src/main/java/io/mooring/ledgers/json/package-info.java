/** JSON as it was received: read strictly, and kept as slices of the very bytes. */
@NullMarked
package io.mooring.ledgers.json;

import org.jspecify.annotations.NullMarked;
