package io.mooring.contracts.pool;

import io.mooring.contracts.chain.Sending;
import io.mooring.contracts.chain.Submission;
import io.mooring.evm.Hash;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.cbor.CborReader;
import io.mooring.ledger.cbor.CborWriter;
import io.mooring.platform.LedgerId;
import io.mooring.platform.table.DerivedItems;
import io.mooring.platform.table.DerivedItems.Derived;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Prefix;
import io.mooring.platform.table.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Pages of transactions that wait durably: those that no block can take soon. Many stand in one
 * item, because items are what a store counts. A transaction that goes into a block at once never
 * stands here: the block is the durable place. Thread-safe.
 *
 * <pre>
 * pk                       sk                body
 * T#ten_acme#L#led_1#      POOL#pag_01…#     [ { 1: envelope, 2: submitter, 3: block, 4: millis }, … ]
 * </pre>
 *
 * <p><b>Trust:</b> a page can hold back a transaction, not make one: each is signed.
 *
 * <p><b>Loss:</b> what stood on a lost page was acknowledged and is sent again by nobody.
 */
public final class PoolPages {
  /** How long an executable transaction waits for its block before a page holds it. */
  public static final long UNBLOCKED_MILLIS_MAX = 400;

  /** What one page may weigh, below what an item may. */
  static final int PAGE_BYTES_MAX = 300 * 1024;

  private static final String KIND = "POOL";
  private static final int FIELDS = 4;
  private static final int TRANSACTIONS_MAX = 10_000;
  private static final int TEXT_BYTES_MAX = 1024;
  private static final System.Logger LOG = System.getLogger(PoolPages.class.getName());

  private final LedgerId ledger;
  private final DerivedItems items;
  private final Table table;
  private final Executor threads;
  private final Supplier<String> ids;

  private final Set<Pooled> offered = new LinkedHashSet<>();

  /** Of each page that this process knows, those that still wait. */
  private final Map<String, Set<Hash>> left = new HashMap<>();

  /** The pages that each of those stands on: several processes may have written it to one. */
  private final Map<Hash, Set<String>> standing = new HashMap<>();

  private boolean writing;

  public PoolPages(
      LedgerId ledger, DerivedItems items, Table table, Executor threads, Supplier<String> ids) {
    this.ledger = ledger;
    this.items = items;
    this.table = table;
    this.threads = threads;
    this.ids = ids;
  }

  /** Sees to it that these stand on a page soon; their senders then hear that they do. */
  public synchronized void offer(List<Pooled> pooled) {
    pooled.stream().filter(one -> !one.isDurable()).forEach(offered::add);
    if (!offered.isEmpty() && !writing) {
      writing = true;
      threads.execute(this::write);
    }
  }

  private void write() {
    for (List<Pooled> page = next(); !page.isEmpty(); page = next()) {
      String id = ids.get();
      know(id, page.stream().map(Pooled::hash).toList());
      try {
        items.put(List.of(new Derived(new Item(key(id), 1, body(page)), Derived.NEVER)));
      } catch (RuntimeException e) {
        // Not durable, and not called so: whoever waits hears in time that it is not known. If the
        // page is there after all, it is found as another process's is.
        forget(id);
        LOG.log(System.Logger.Level.WARNING, "a page of the pool was not written", e);
        continue;
      }
      for (Pooled pooled : page) {
        pooled.standsOn(id);
        if (pooled.answer().isDone()) {
          over(List.of(pooled)); // a block had it before the page did
        } else {
          pooled.answer().complete(new Submission.Accepted(pooled.hash()));
        }
      }
      if (!isKnown(id)) {
        delete(List.of(key(id))); // all of it was over before the page was there
      }
    }
  }

  private synchronized List<Pooled> next() {
    List<Pooled> page = new ArrayList<>();
    long bytes = 0;
    for (Iterator<Pooled> rest = offered.iterator();
        rest.hasNext() && page.size() < TRANSACTIONS_MAX; ) {
      Pooled next = rest.next();
      if (!next.isDurable() && !next.answer().isDone()) {
        bytes += next.bytes() + TEXT_BYTES_MAX / 4;
        if (bytes > PAGE_BYTES_MAX && !page.isEmpty()) {
          break;
        }
        page.add(next);
      }
      rest.remove();
    }
    writing = !page.isEmpty();
    return page;
  }

  /** These wait no more; a page of which nothing waits any more is deleted. */
  public void over(List<Pooled> pooled) {
    List<Key> empty = new ArrayList<>();
    synchronized (this) {
      for (Pooled one : pooled) {
        empty.addAll(over(one.hash()));
      }
    }
    if (!empty.isEmpty()) {
      threads.execute(() -> delete(empty));
    }
  }

  /** One waits no more; the pages of which nothing waits any more now. */
  private synchronized List<Key> over(Hash hash) {
    List<Key> empty = new ArrayList<>();
    for (String page : Optional.ofNullable(standing.remove(hash)).orElse(Set.of())) {
      Set<Hash> waiting = left.getOrDefault(page, Set.of());
      if (waiting.remove(hash) && waiting.isEmpty()) {
        left.remove(page);
        empty.add(key(page));
      }
    }
    return empty;
  }

  /**
   * These gave their place to another one. Their pages stay until that one is over, for until then
   * nothing else may be durable: it was acknowledged to nobody yet.
   */
  public synchronized void replaced(List<Pooled> pooled, Pooled by) {
    for (Pooled one : pooled) {
      for (String page : Optional.ofNullable(standing.remove(one.hash())).orElse(Set.of())) {
        Set<Hash> waiting = left.get(page);
        if (waiting != null && waiting.remove(one.hash())) {
          waiting.add(by.hash());
          standing.computeIfAbsent(by.hash(), none -> new HashSet<>()).add(page);
        }
      }
    }
  }

  /** Whether this page was not known before. */
  private synchronized boolean know(String page, List<Hash> hashes) {
    if (left.putIfAbsent(page, new HashSet<>(hashes)) != null) {
      return false;
    }
    hashes.forEach(hash -> standing.computeIfAbsent(hash, none -> new HashSet<>()).add(page));
    return true;
  }

  private synchronized boolean isKnown(String page) {
    return left.containsKey(page);
  }

  private synchronized void forget(String page) {
    for (Hash hash : Optional.ofNullable(left.remove(page)).orElse(Set.of())) {
      standing.computeIfPresent(
          hash, (waits, pages) -> pages.remove(page) && pages.isEmpty() ? null : pages);
    }
  }

  private void delete(List<Key> pages) {
    if (pages.isEmpty()) {
      return;
    }
    try {
      items.delete(pages);
    } catch (RuntimeException e) {
      // They stay, and are found to be over when the chain is opened next.
      LOG.log(System.Logger.Level.WARNING, "pages of the pool were not deleted", e);
    }
  }

  /** Whether any page of this ledger stands in the table. */
  public static boolean isAny(Table table, LedgerId ledger) {
    return !table.first(Prefix.of(ledger, KIND), 1).items().isEmpty();
  }

  /** The ledger of which an item with these keys is a page, if it is one. */
  public static Optional<LedgerId> ledgerOf(String partition, String sort) {
    return sort.startsWith(KIND + "#") ? Key.ledgerOf(partition) : Optional.empty();
  }

  /** Reads the pages that this process does not know of, left by one that may be gone. */
  public void readOthers(Taker taker) {
    table.forEach(Prefix.of(ledger, KIND), item -> read(item, taker));
  }

  /** Takes over what was found on a page of another process. */
  public interface Taker {
    /**
     * @param sinceMillis when it was first seen, by the wall clock
     */
    Fate take(Sending sending, String page, long sinceMillis);
  }

  /** What becomes of a transaction that was found on a page. */
  public enum Fate {
    /** It waits in this process now. */
    WAITS,
    /**
     * It may yet stand in a block, and finds no place here now: its page stays, and is read again.
     */
    LATER,
    /** It stands in a block, or can stand in none any more. */
    OVER
  }

  private void read(Item item, Taker taker) {
    String id = item.key().sort().split("#", -1)[1];
    CborReader cbor = new CborReader(item.body());
    List<Kept> all = new ArrayList<>();
    for (int n = cbor.array(TRANSACTIONS_MAX); n > 0; n--) {
      all.add(Kept.read(cbor));
    }
    if (!know(id, all.stream().map(Kept::hash).toList())) {
      return;
    }
    boolean again = false;
    List<Key> empty = new ArrayList<>();
    for (Kept one : all) {
      switch (taker.take(one.sending(), id, one.sinceMillis)) {
        case WAITS -> {}
        case LATER -> again = true;
        case OVER -> empty.addAll(over(one.hash()));
      }
    }
    if (again) {
      forget(id);
    }
    delete(empty);
  }

  private static final class Kept {
    private byte[] envelope = {};
    private String submitter = "";
    private Hash recentBlock = Sending.ANYWHERE;
    private long sinceMillis;

    private static Kept read(CborReader cbor) {
      Kept one = new Kept();
      cbor.numberedMap(
          FIELDS,
          key -> {
            switch ((int) key) {
              case 1 -> one.envelope = cbor.bytes(PAGE_BYTES_MAX);
              case 2 -> one.submitter = cbor.text(TEXT_BYTES_MAX);
              case 3 -> one.recentBlock = Hash.of(cbor.bytes(Hash.BYTES));
              case 4 -> one.sinceMillis = cbor.unsigned();
              default -> throw new MalformedException("a waiting one has no field " + key);
            }
          });
      return one;
    }

    private Hash hash() {
      return Hash.keccak(envelope);
    }

    private Sending sending() {
      return new Sending(envelope, submitter, recentBlock);
    }
  }

  private static byte[] body(List<Pooled> page) {
    CborWriter cbor = new CborWriter().array(page.size());
    for (Pooled pooled : page) {
      cbor.map(FIELDS)
          .unsigned(1)
          .bytes(pooled.sending().envelope())
          .unsigned(2)
          .text(pooled.sending().submitter())
          .unsigned(3)
          .bytes(pooled.sending().recentBlock().bytes())
          .unsigned(4)
          .unsigned(pooled.sinceMillis());
    }
    return cbor.toBytes();
  }

  private Key key(String id) {
    return Key.of(ledger, KIND, id);
  }
}
