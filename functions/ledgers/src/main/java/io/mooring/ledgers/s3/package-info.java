/** Addresses in S3, signed here and used by clients. */
@NullMarked
package io.mooring.ledgers.s3;

import org.jspecify.annotations.NullMarked;
