package io.mooring.platform.limit;

/**
 * A number that is enforced.
 *
 * @param word the name under which clients read it; its unit stands in it
 */
public record Bound(String word, long value) {}
