/** The contract as a page that a person reads, and as files that tools read. */
@NullMarked
package io.mooring.api.docs;

import org.jspecify.annotations.NullMarked;
