/** The verifiable log: what a head commits to, and how anyone can check it. */
@NullMarked
package io.mooring.ledger;

import org.jspecify.annotations.NullMarked;
