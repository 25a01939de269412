/** Objects in S3, or in something that speaks as it does. */
@NullMarked
package io.mooring.platform.blob.s3;

import org.jspecify.annotations.NullMarked;
