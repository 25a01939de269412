/** The routes of tenants and identity. */
@NullMarked
package io.mooring.tenants.http;

import org.jspecify.annotations.NullMarked;
