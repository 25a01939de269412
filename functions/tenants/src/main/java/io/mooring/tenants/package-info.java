/**
 * Tenants and who may act for them: API keys, tokens, members, and issuers that a tenant trusts.
 *
 * <p>Nothing here knows about HTTP; {@code http} and {@code lambda} sit at the edges.
 */
@NullMarked
package io.mooring.tenants;

import org.jspecify.annotations.NullMarked;
