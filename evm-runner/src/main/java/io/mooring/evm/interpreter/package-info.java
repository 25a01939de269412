/**
 * Our own engine: bytecode is cut into blocks once, its stack traffic turned into operands, and the
 * blocks are run by one loop over a {@code long[]} stack.
 *
 * <p>Opcodes and their stack effects stand in {@link io.mooring.evm.interpreter.Opcode}, prices in
 * {@link io.mooring.evm.interpreter.GasSchedule}, and what an opcode does in the loop of {@link
 * io.mooring.evm.interpreter.Execution} or, where it needs the exact gas or the world, in one of
 * the {@code …Rules}.
 */
@NullMarked
package io.mooring.evm.interpreter;

import org.jspecify.annotations.NullMarked;
