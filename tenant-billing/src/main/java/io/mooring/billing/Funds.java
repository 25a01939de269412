package io.mooring.billing;

import java.util.ArrayList;
import java.util.List;

/**
 * Spendable units of one asset, with where they came from: bought ones stay, granted ones lapse.
 * Wherever credits wait (available, held, in escrow) they wait as funds, so that a grant that was
 * held and released still lapses when it should.
 */
public record Funds(long bought, List<Grant> grants) {
  /** So that what travels in a commit record stays small. */
  public static final int GRANTS_MAX = 32;

  public static final Funds NONE = new Funds(0, List.of());

  public Funds {
    if (bought < 0 || grants.size() > GRANTS_MAX) {
      throw new IllegalArgumentException(
          "funds are not negative and of at most " + GRANTS_MAX + " grants");
    }
    grants = grants.stream().sorted(Grant.SPENDING_ORDER).toList();
  }

  public static Funds bought(long units) {
    return new Funds(units, List.of());
  }

  public static Funds granted(Grant grant) {
    return new Funds(0, List.of(grant));
  }

  public long granted() {
    return grants.stream().mapToLong(Grant::units).reduce(0, Math::addExact);
  }

  public long total() {
    return Math.addExact(bought, granted());
  }

  public Funds plus(Funds more) {
    List<Grant> sum = new ArrayList<>(grants);
    for (Grant grant : more.grants) {
      int at = indexOf(sum, grant);
      if (at < 0) {
        sum.add(grant);
      } else {
        sum.set(at, grant.of(Math.addExact(sum.get(at).units(), grant.units())));
      }
    }
    return new Funds(Math.addExact(bought, more.bought), sum);
  }

  /** Takes {@code units}: granted ones first, in their order, then bought ones. */
  public Split take(long units) {
    if (units < 0 || units > total()) {
      throw new IllegalArgumentException("cannot take " + units + " of " + total());
    }
    List<Grant> taken = new ArrayList<>();
    List<Grant> left = new ArrayList<>();
    long open = units;
    for (Grant grant : grants) {
      long part = Math.min(open, grant.units());
      if (part > 0) {
        taken.add(grant.of(part));
      }
      if (part < grant.units()) {
        left.add(grant.of(grant.units() - part));
      }
      open -= part;
    }
    return new Split(new Funds(open, taken), new Funds(bought - open, left));
  }

  /** Takes whatever has lapsed. */
  public Split takeExpired(long nowMillis) {
    return new Split(
        new Funds(0, grants.stream().filter(grant -> grant.hasExpired(nowMillis)).toList()),
        new Funds(bought, grants.stream().filter(grant -> !grant.hasExpired(nowMillis)).toList()));
  }

  private static int indexOf(List<Grant> grants, Grant grant) {
    for (int i = 0; i < grants.size(); i++) {
      if (grants.get(i).isOneWith(grant)) {
        return i;
      }
    }
    return -1;
  }

  /** Some funds in two parts. */
  public record Split(Funds taken, Funds rest) {}
}
