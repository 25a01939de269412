/** Contracts over HTTP. */
@NullMarked
package io.mooring.contracts.rest.http;

import org.jspecify.annotations.NullMarked;
