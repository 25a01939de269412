/** Solidity's ABI: what a contract can be asked, and the bytes in which it is. */
@NullMarked
package io.mooring.contracts.abi;

import org.jspecify.annotations.NullMarked;
