/** The intake in SQS, or in something that speaks as it does. */
@NullMarked
package io.mooring.platform.commit.sqs;

import org.jspecify.annotations.NullMarked;
