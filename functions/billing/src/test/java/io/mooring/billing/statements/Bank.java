package io.mooring.billing.statements;

import io.mooring.billing.PriceSheet;
import io.mooring.billing.PublishedPrices;
import io.mooring.billing.credits.Caps;
import io.mooring.billing.credits.Credits;
import io.mooring.billing.credits.Desk;
import io.mooring.billing.credits.Escrows;
import io.mooring.billing.credits.Terms;
import io.mooring.platform.blob.InMemoryBlobs;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.GroupCommitter;
import io.mooring.platform.commit.InMemoryStore;
import io.mooring.platform.commit.Rules;
import io.mooring.platform.commit.Stores;
import java.security.SecureRandom;
import java.util.Optional;

/** Credits as the product has them, on stores in memory, with the prices of plan developer. */
public final class Bank {
  public static final PriceSheet SHEET =
      PublishedPrices.shipped().at("developer", Long.MAX_VALUE).orElseThrow();

  public final Calendar calendar = new Calendar("2026-12-01T08:00:00Z");
  public final InMemoryStore store = new InMemoryStore();
  public final InMemoryBlobs blobs = new InMemoryBlobs();
  public final Terms terms = (tenant, millis) -> Optional.of(SHEET);
  private final Desk desk = new Desk(store, calendar, terms);
  public final Escrows escrows =
      new Escrows(store, new Commits(store, blobs), terms, desk, new Caps(store, desk, calendar));
  public final GroupCommitter committer =
      GroupCommitter.racing(
              Stores.of(store, blobs, store), Rules.standard(), calendar, new SecureRandom())
          .metered(escrows);
  public final Credits credits = new Credits(committer, store, desk);
  public final Statements statements =
      new Statements(store, blobs, store, store, PublishedPrices.shipped().book(), calendar);
}
