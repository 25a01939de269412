/** What tenants pay for the bytes that their ledgers keep. */
@NullMarked
package io.mooring.billing.storage;

import org.jspecify.annotations.NullMarked;
