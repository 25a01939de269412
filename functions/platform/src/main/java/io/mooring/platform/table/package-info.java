/**
 * The single table: keys, items, and how they are read. Nothing is changed here: see {@code
 * commit}.
 */
@NullMarked
package io.mooring.platform.table;

import org.jspecify.annotations.NullMarked;
