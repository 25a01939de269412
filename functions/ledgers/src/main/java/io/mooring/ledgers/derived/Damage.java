package io.mooring.ledgers.derived;

/** One thing that is stored and is not what it must be: where it stands, and what is wrong. */
public record Damage(String place, String what) {}
