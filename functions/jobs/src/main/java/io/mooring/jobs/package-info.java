/** The functions behind events that are not HTTP: queues, streams, and the gateway's authoriser. */
@NullMarked
package io.mooring.jobs;

import org.jspecify.annotations.NullMarked;
