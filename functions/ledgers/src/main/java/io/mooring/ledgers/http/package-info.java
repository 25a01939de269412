/** Ledgers over HTTP: requests read, replies written, nothing decided. */
@NullMarked
package io.mooring.ledgers.http;

import org.jspecify.annotations.NullMarked;
