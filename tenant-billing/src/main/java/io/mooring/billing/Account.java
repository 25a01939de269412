package io.mooring.billing;

/**
 * One side of a posting. A tenant's accounts are its own; the platform's are where credits come
 * from and go to, so that all accounts together always sum to zero.
 *
 * @param detail which of them, where there are several: a ledger or spender, a shard; else empty
 */
public record Account(Kind kind, String detail) {
  public static final Account PREPAID = new Account(Kind.PREPAID, "");
  public static final Account PROMO = new Account(Kind.PROMO, "");
  public static final Account HELD = new Account(Kind.HELD, "");
  public static final Account RECEIVABLE = new Account(Kind.RECEIVABLE, "");
  public static final Account PURCHASE = new Account(Kind.PURCHASE, "");
  public static final Account PROMOTION = new Account(Kind.PROMOTION, "");

  /** How many revenue accounts share the load, so that none of them is hot. */
  public static final int REVENUE_SHARDS = 64;

  /** What an account is for. */
  public enum Kind {
    /** The tenant's: bought and not spent. */
    PREPAID,
    /** The tenant's: given, with an expiry. */
    PROMO,
    /** The tenant's: promised to somebody, not taken. */
    HELD,
    /** The tenant's: set aside for one spender, whose commits charge it. */
    ESCROW,
    /** The tenant's debt: the one account of a tenant that may be negative. */
    RECEIVABLE,
    /** The platform's: what tenants bought, as a negative balance. */
    PURCHASE,
    /** The platform's: what was given away, as a negative balance. */
    PROMOTION,
    /** The platform's: what was earned. */
    REVENUE;

    /** Whether a balance below zero is a fact about this account and not a mistake. */
    public boolean mayBeNegative() {
      return switch (this) {
        case RECEIVABLE, PURCHASE, PROMOTION -> true;
        case PREPAID, PROMO, HELD, ESCROW, REVENUE -> false;
      };
    }
  }

  public Account {
    boolean several = kind == Kind.ESCROW || kind == Kind.REVENUE;
    if (several == detail.isEmpty()) {
      throw new IllegalArgumentException("not an account: " + kind + " '" + detail + "'");
    }
  }

  public static Account escrow(String spender) {
    return new Account(Kind.ESCROW, spender);
  }

  /** The revenue account on which what {@code spender} pays is collected. */
  public static Account revenue(String spender) {
    int shard = Math.floorMod(spender.hashCode(), REVENUE_SHARDS);
    return new Account(Kind.REVENUE, Integer.toString(shard));
  }

  @Override
  public String toString() {
    String name = kind.name().toLowerCase(java.util.Locale.ROOT);
    return detail.isEmpty() ? name : name + ":" + detail;
  }
}
