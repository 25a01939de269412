package io.mooring.billing;

import java.util.ArrayList;
import java.util.List;

/** Collects the postings of one operation on one asset; amounts of nothing are left out. */
final class Postings {
  private final Asset asset;
  private final String cause;
  private final String reference;
  private final List<Posting> postings = new ArrayList<>();

  Postings(Asset asset, String cause, String reference) {
    this.asset = asset;
    this.cause = cause;
    this.reference = reference;
  }

  Postings move(Posting.Kind kind, Account from, Account to, long units) {
    if (units > 0) {
      postings.add(new Posting(cause, kind, from, to, new Amount(asset, units), reference));
    }
    return this;
  }

  /** Moves available funds, bought and granted, to where they wait together. */
  Postings setAside(Posting.Kind kind, Funds funds, Account to) {
    return move(kind, Account.PROMO, to, funds.granted())
        .move(kind, Account.PREPAID, to, funds.bought());
  }

  /** Moves funds that waited together back to where they came from. */
  Postings giveBack(Posting.Kind kind, Account from, Funds funds) {
    return move(kind, from, Account.PROMO, funds.granted())
        .move(kind, from, Account.PREPAID, funds.bought());
  }

  Postings lapse(Funds expired) {
    return move(Posting.Kind.GRANT_EXPIRY, Account.PROMO, Account.PROMOTION, expired.granted());
  }

  List<Posting> list() {
    return List.copyOf(postings);
  }
}
