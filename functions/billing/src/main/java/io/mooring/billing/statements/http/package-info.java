/** Statements over HTTP: as JSON, CSV and PDF. */
@NullMarked
package io.mooring.billing.statements.http;

import org.jspecify.annotations.NullMarked;
