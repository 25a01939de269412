/** C2SP signed-note: texts with signatures that name their keys, and the keys themselves. */
@NullMarked
package io.mooring.ledger.note;

import org.jspecify.annotations.NullMarked;
