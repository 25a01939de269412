/** What stands where LocalStack looks for an agent of its own. */
@NullMarked
package io.mooring.localstack.agent;

import org.jspecify.annotations.NullMarked;
