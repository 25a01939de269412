/** C2SP transparency-log formats: signed checkpoints, proof files, tiles and entry bundles. */
@NullMarked
package io.mooring.ledger.tlog;

import org.jspecify.annotations.NullMarked;
