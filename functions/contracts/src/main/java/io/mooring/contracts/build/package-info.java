/** How a chain grows: blocks are cut from the pool, committed, and followed. */
@NullMarked
package io.mooring.contracts.build;

import org.jspecify.annotations.NullMarked;
