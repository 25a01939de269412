@NullMarked
package io.mooring.tenants;

import org.jspecify.annotations.NullMarked;
