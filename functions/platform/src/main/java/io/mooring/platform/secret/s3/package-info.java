/** Secrets in S3. */
@NullMarked
package io.mooring.platform.secret.s3;

import org.jspecify.annotations.NullMarked;
