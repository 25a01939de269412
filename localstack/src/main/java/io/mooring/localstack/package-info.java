/** The whole product in one JVM: the engines that stand for AWS, and the application itself. */
@NullMarked
package io.mooring.localstack;

import org.jspecify.annotations.NullMarked;
