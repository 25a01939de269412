/**
 * The accounts and storage an execution reads and writes: a source below, a journal above it.
 *
 * <p>Nothing here knows of tries; whoever commits takes the {@link
 * io.mooring.evm.state.StateChanges} and makes roots of them.
 */
@NullMarked
package io.mooring.evm.state;

import org.jspecify.annotations.NullMarked;
