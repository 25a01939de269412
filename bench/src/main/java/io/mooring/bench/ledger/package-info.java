/** Load on a running ledger over HTTP, and what its operations contained. */
@NullMarked
package io.mooring.bench.ledger;

import org.jspecify.annotations.NullMarked;
