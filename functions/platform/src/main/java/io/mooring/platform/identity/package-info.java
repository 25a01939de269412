/** Who calls, for which tenant, and what they may do: from the credential alone. */
@NullMarked
package io.mooring.platform.identity;

import org.jspecify.annotations.NullMarked;
