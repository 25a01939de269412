package io.mooring.billing;

/**
 * A purse, and the other thing that the same operation made or changed.
 *
 * @param <T> the other thing: a hold, a deposit, a purchase
 */
public record With<T>(Purse purse, T other) {}
