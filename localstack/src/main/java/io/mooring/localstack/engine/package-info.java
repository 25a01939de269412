/** The engines that stand for DynamoDB and S3; loaded apart from the application. */
@NullMarked
package io.mooring.localstack.engine;

import org.jspecify.annotations.NullMarked;
