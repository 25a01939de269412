/**
 * Executions on a chain's state that leave nothing behind: calls, estimates, whole blocks, traces.
 */
@NullMarked
package io.mooring.contracts.simulation;

import org.jspecify.annotations.NullMarked;
