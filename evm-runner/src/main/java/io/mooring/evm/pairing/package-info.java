/**
 * The two pairing-friendly curves of Ethereum, BN254 and BLS12-381: fields, points, pairings.
 *
 * <p>All values are public, so nothing here runs in constant time.
 */
@NullMarked
package io.mooring.evm.pairing;

import org.jspecify.annotations.NullMarked;
