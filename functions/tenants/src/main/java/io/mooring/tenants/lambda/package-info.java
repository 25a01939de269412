/** The authoriser as API Gateway calls it. */
@NullMarked
package io.mooring.tenants.lambda;

import org.jspecify.annotations.NullMarked;
