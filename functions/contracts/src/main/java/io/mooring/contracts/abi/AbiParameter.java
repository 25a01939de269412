package io.mooring.contracts.abi;

/**
 * One of what a function takes or gives, of what an event or an error tells, or of what a tuple
 * has.
 *
 * @param name empty where it has none
 * @param indexed whether an event tells it as a topic
 */
public record AbiParameter(String name, AbiType type, boolean indexed) {}
