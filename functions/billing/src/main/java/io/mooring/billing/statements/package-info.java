/**
 * What tenants used, paid and had, derived from the commits of their ledgers and from nothing else:
 * folded day by day, kept as items that can be made again, and put together to statements.
 */
@NullMarked
package io.mooring.billing.statements;

import org.jspecify.annotations.NullMarked;
