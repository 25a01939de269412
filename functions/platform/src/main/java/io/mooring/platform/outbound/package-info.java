/** Requests to addresses that a tenant has named: never to anything but the public Internet. */
@NullMarked
package io.mooring.platform.outbound;

import org.jspecify.annotations.NullMarked;
