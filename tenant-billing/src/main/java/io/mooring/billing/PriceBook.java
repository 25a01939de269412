package io.mooring.billing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** All price lists ever published. Prices may fall at once, and rise only after notice. */
public final class PriceBook {
  public static final Duration NOTICE_OF_A_RISE = Duration.ofDays(30);

  private final List<PriceList> lists;

  private PriceBook(List<PriceList> lists) {
    this.lists = lists;
  }

  public static PriceBook of(PriceList first) {
    return new PriceBook(List.of(first));
  }

  public PriceBook publish(PriceList next) {
    if (lists.stream().anyMatch(list -> list.version().equals(next.version()))) {
      throw new IllegalArgumentException("version " + next.version() + " is taken");
    }
    List<PriceList> ofPlan = ofPlan(next.plan());
    if (!ofPlan.isEmpty()) {
      requireNotice(ofPlan.getLast(), next);
    }
    List<PriceList> longer = new ArrayList<>(lists);
    longer.add(next);
    return new PriceBook(List.copyOf(longer));
  }

  /** The list that prices what a plan's tenant does at a moment. */
  public PriceList at(String plan, long millis) {
    return ofPlan(plan).reversed().stream()
        .filter(list -> list.effectiveMillis() <= millis)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("plan " + plan + " has no prices at " + millis));
  }

  /** The list that a charge names, however long ago. */
  public PriceList version(String version) {
    return lists.stream()
        .filter(list -> list.version().equals(version))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no price list " + version));
  }

  /** What has a price and was not charged was within a free quota. */
  boolean wasFree(Charge charge) {
    return charge.units() == 0
        && version(charge.priceVersion()).of(charge.meter()).of(charge.quantity()) > 0;
  }

  public List<PriceList> all() {
    return lists;
  }

  private List<PriceList> ofPlan(String plan) {
    return lists.stream()
        .filter(list -> list.plan().equals(plan))
        .sorted(Comparator.comparingLong(PriceList::effectiveMillis))
        .toList();
  }

  private static void requireNotice(PriceList last, PriceList next) {
    if (next.effectiveMillis() <= last.effectiveMillis()) {
      throw new IllegalArgumentException(
          next.version() + " must come into force after " + last.version());
    }
    Map<Meter, Price> rises = last.rises(next);
    long notice = next.effectiveMillis() - next.publishedMillis();
    if (!rises.isEmpty() && notice < NOTICE_OF_A_RISE.toMillis()) {
      throw new IllegalArgumentException(
          next.version() + " raises " + rises.keySet() + " with less than " + NOTICE_OF_A_RISE);
    }
  }
}
