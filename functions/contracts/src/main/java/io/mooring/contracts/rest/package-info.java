/** Contracts for people without Ethereum tools: JSON in, JSON out, and no nonce to be seen. */
@NullMarked
package io.mooring.contracts.rest;

import org.jspecify.annotations.NullMarked;
