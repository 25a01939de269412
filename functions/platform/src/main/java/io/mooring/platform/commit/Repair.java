package io.mooring.platform.commit;

import io.mooring.ledger.Frontier;
import io.mooring.ledger.Hash;
import io.mooring.ledger.MalformedException;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.commit.CommitStore.Stored;
import io.mooring.platform.commit.RepairReport.Mended;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.mooring.platform.table.DerivedItems;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Page;
import io.mooring.platform.table.Prefix;
import io.mooring.platform.table.Table;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a restored table whole, a ledger at a time. A restore does not promise both halves of a
 * transaction, so there may be commits without what they did to an item, and items of commits that
 * are gone. The commits are the truth: an item that is not as the last of them left it is put back,
 * and one that none of them wrote is put out. The index of keys is made again, for without it a
 * repetition would be taken for something new.
 *
 * <p>It refuses a ledger that holds less than was published of it, and one whose commits do not
 * follow each other: from those nobody can tell what an item should be. Whatever it writes holds
 * only while the ledger ends where the repair read it to, so that a ledger in use comes to no harm.
 *
 * <p>A ledger may be too large for one request, so it is done in parts, as a scrub is.
 */
public final class Repair {
  private static final int PAGE = 16;

  private final CommitStore store;
  private final Mending mending;
  private final Table table;
  private final Blobs blobs;
  private final Bookmarks bookmarks;
  private final KeyRebuild keys;
  private final InstantSource clock;

  public Repair(
      CommitStore store,
      Mending mending,
      Table table,
      DerivedItems items,
      Blobs blobs,
      InstantSource clock) {
    this.store = store;
    this.mending = mending;
    this.table = table;
    this.blobs = blobs;
    this.bookmarks = new Bookmarks(blobs);
    this.keys = new KeyRebuild(items, clock);
    this.clock = clock;
  }

  /**
   * Repairs one part. A part ends with the step during which its time is over.
   *
   * @param from what the part before said is next; empty for the first
   */
  public RepairReport repair(LedgerId ledger, String from, Duration atMost) {
    long end = clock.millis() + atMost.toMillis();
    Part part = new Part(ledger, position(ledger, from));
    try {
      new PublishedHeads(blobs).requireKept(ledger, part.commits);
      boolean whole;
      do {
        whole = part.step();
      } while (!whole && clock.millis() < end);
      return part.report(whole ? "" : bookmarks.keep(ledger, part.position().toBytes()));
    } catch (MalformedException | TamperedException e) {
      throw new RefusedException(
          PlatformRefusal.LEDGER_FROZEN, "nothing can be put right by it: " + e.getMessage());
    }
  }

  /** Where items may stand that this ledger's commits wrote, and perhaps commits that are gone. */
  static List<Prefix> places(LedgerId ledger) {
    TenantId tenant = ledger.tenant();
    return ledger.equals(LedgerId.journal(tenant))
        ? List.of(Prefix.all(ledger), Prefix.all(tenant))
        : List.of(
            Prefix.all(ledger),
            Prefix.of(tenant, "LEDGERCLOSED", ledger.value()),
            Prefix.of(tenant, "ERASED", ledger.value()));
  }

  private RepairPosition position(LedgerId ledger, String from) {
    return from.isEmpty()
        ? RepairPosition.BEGINNING
        : RepairPosition.ofBytes(bookmarks.find(ledger, from));
  }

  /** One part of one repair. */
  private final class Part {
    private final LedgerId ledger;
    private final Commits commits = new Commits(store, blobs);
    private final ItemCheck items;
    private final List<Prefix> places;
    private final List<Mended> mended = new ArrayList<>();
    private long number;
    private Frontier frontier;
    private Hash previous;
    private int place;
    private String last;

    Part(LedgerId ledger, RepairPosition from) {
      this.ledger = ledger;
      this.items = ItemCheck.resumed(table, from.items());
      this.places = places(ledger);
      this.number = from.number();
      this.frontier = from.frontier();
      this.previous = from.previous();
      this.place = from.place();
      this.last = from.last();
    }

    /** Reads on, or puts right where there is no more to read; whether all is done. */
    boolean step() {
      List<Stored> page = store.range(ledger, number + 1, PAGE);
      if (!page.isEmpty()) {
        page.forEach(this::take);
        return false;
      }
      items.settle(this::putBack);
      // What was not settled has changed meanwhile, so there are commits to read first.
      return items.isSettled() && (place == places.size() || putOut());
    }

    private void take(Stored stored) {
      Commit commit = stored.commit();
      require(commit.number() == number + 1, "commit " + (number + 1) + " is gone");
      require(
          commit.previous().equals(previous) && commit.start() == frontier.size(),
          "commit " + commit.number() + " does not follow the one before");
      Body body = commits.body(ledger, commit);
      List<Hash> leaves = body.entries().stream().map(KeptEntry::leaf).toList();
      require(
          frontier.appendAll(leaves).equals(commit.frontier()),
          "commit " + commit.number() + " does not have the entries that it says");

      number = commit.number();
      frontier = commit.frontier();
      previous = Hash.ofBytes(stored.bytes());
      keys.take(ledger, List.of(new CarriedCommit(commit, body)));
      body.effects().forEach(effect -> items.take(effect, number));
    }

    private void require(boolean holds, String otherwise) {
      if (!holds) {
        throw new TamperedException(otherwise + " in ledger " + ledger.value());
      }
    }

    /** Whether the item is now as that commit left it. */
    private boolean putBack(Key key, long commit) {
      Item right = after(commits.required(ledger, commit), key);
      Item found = table.get(key);
      if (found.equals(right)) {
        return true;
      }
      if (!mending.mend(ledger, number, found, right)) {
        return false;
      }
      mended.add(new Mended(key, commit));
      return true;
    }

    private Item after(Commit commit, Key key) {
      for (Effect effect : commits.body(ledger, commit).effects()) {
        if (effect.key().equals(key) && effect instanceof Effect.Put put) {
          return new Item(key, commit.number(), put.body());
        }
      }
      return Item.absent(key);
    }

    /** Looks through some items of one place; whether it was the last. */
    private boolean putOut() {
      Prefix prefix = places.get(place);
      Page page =
          last.isEmpty()
              ? table.first(prefix, Table.PAGE_ITEMS_MAX)
              : table.after(prefix, new Key(prefix.partition(), last), Table.PAGE_ITEMS_MAX);
      for (Item item : page.items()) {
        if (!isFounded(item)) {
          putOut(item);
        }
        last = item.key().sort();
      }
      if (!page.more()) {
        place++;
        last = "";
      }
      return place == places.size();
    }

    /** Whether the commit whose number the item has is there, as far as that is for us to say. */
    private boolean isFounded(Item item) {
      Optional<LedgerId> owner = Owners.of(item);
      return owner.isEmpty()
          || isLeftTo(owner.get())
          || item.version() <= tip(owner.get())
          || isWrittenByAnother(item);
    }

    /** A ledger that is no journal looks through what is its own wherever it may stand. */
    private boolean isLeftTo(LedgerId owner) {
      return !owner.equals(ledger) && !owner.equals(LedgerId.journal(owner.tenant()));
    }

    private void putOut(Item item) {
      LedgerId owner = Owners.of(item).orElseThrow();
      // Where somebody changed it meanwhile, it is somebody's.
      if (mending.mend(owner, tip(owner), item, Item.absent(item.key()))) {
        mended.add(new Mended(item.key(), 0));
      }
    }

    private long tip(LedgerId owner) {
      return owner.equals(ledger) ? number : store.tip(owner).map(Stored::number).orElse(0L);
    }

    /**
     * Before anything goes that no other item can bring back, all ledgers of its tenant are asked.
     */
    private boolean isWrittenByAnother(Item item) {
      if (Owners.isDerived(item.key())) {
        return false;
      }
      TenantId tenant = Owners.of(item).orElseThrow().tenant();
      Prefix ledgers = Prefix.of(tenant, "LEDGER");
      Page page = table.first(ledgers, Table.PAGE_ITEMS_MAX);
      while (true) {
        for (Item registered : page.items()) {
          String id = registered.key().sort().split("#")[1];
          if (wrote(new LedgerId(tenant, id), item)) {
            return true;
          }
        }
        if (!page.more()) {
          return wrote(LedgerId.journal(tenant), item);
        }
        page = table.after(ledgers, page.items().getLast().key(), Table.PAGE_ITEMS_MAX);
      }
    }

    private boolean wrote(LedgerId other, Item item) {
      return commits
          .read(other, item.version())
          .filter(
              commit ->
                  commits.body(other, commit).effects().stream()
                      .anyMatch(
                          effect ->
                              effect instanceof Effect.Put && effect.key().equals(item.key())))
          .isPresent();
    }

    RepairReport report(String next) {
      long ofCommits = store.tip(ledger).map(Stored::number).orElse(0L);
      return new RepairReport(number, ofCommits, frontier.size(), mended, next);
    }

    RepairPosition position() {
      return new RepairPosition(number, frontier, previous, items.toBytes(), place, last);
    }
  }
}
