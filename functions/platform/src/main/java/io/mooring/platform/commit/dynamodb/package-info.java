/** The chain of commits in DynamoDB. */
@NullMarked
package io.mooring.platform.commit.dynamodb;

import org.jspecify.annotations.NullMarked;
