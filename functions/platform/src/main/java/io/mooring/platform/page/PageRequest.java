package io.mooring.platform.page;

/**
 * One page that a client asks for.
 *
 * @param after the position of the last item it has seen; empty at the beginning
 */
public record PageRequest(int items, String after) {}
