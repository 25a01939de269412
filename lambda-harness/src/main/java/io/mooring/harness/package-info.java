/** AWS Lambda as the packaged functions meet it, on one machine: for tests and measurements. */
@NullMarked
package io.mooring.harness;

import org.jspecify.annotations.NullMarked;
