/** What tenants pay for the proofs that they ask for. */
@NullMarked
package io.mooring.billing.proofs;

import org.jspecify.annotations.NullMarked;
