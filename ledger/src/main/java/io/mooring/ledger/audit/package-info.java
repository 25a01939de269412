/** Re-verifies whole logs from their static files, and names the place of any damage. */
@NullMarked
package io.mooring.ledger.audit;

import org.jspecify.annotations.NullMarked;
