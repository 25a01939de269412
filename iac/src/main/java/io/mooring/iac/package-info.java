/** The whole stack on AWS, as CDK constructs; nothing of it runs in the product. */
@NullMarked
package io.mooring.iac;

import org.jspecify.annotations.NullMarked;
