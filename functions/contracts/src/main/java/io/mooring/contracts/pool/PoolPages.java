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
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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
      try {
        items.put(List.of(new Derived(new Item(key(id), 1, body(page)), Derived.NEVER)));
      } catch (RuntimeException e) {
        // Not durable, and not called so: whoever waits hears in time that it is not known.
        LOG.log(System.Logger.Level.WARNING, "a page of the pool was not written", e);
        continue;
      }
      synchronized (this) {
        left.put(
            id, page.stream().map(Pooled::hash).collect(Collectors.toCollection(HashSet::new)));
      }
      for (Pooled pooled : page) {
        pooled.standsOn(id);
        if (pooled.answer().isDone()) {
          over(List.of(pooled)); // a block had it before the page did
        } else {
          pooled.answer().complete(new Submission.Accepted(pooled.hash()));
        }
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
        if (one.isDurable() && wasLast(one.page(), one.hash())) {
          empty.add(key(one.page()));
        }
      }
    }
    if (!empty.isEmpty()) {
      threads.execute(() -> delete(empty));
    }
  }

  /** Whether nothing waits on the page any more, now that this one does not. */
  private synchronized boolean wasLast(String page, Hash hash) {
    Set<Hash> waiting = left.getOrDefault(page, Set.of());
    if (!waiting.contains(hash)) {
      return false;
    }
    waiting.remove(hash);
    if (waiting.isEmpty()) {
      left.remove(page);
    }
    return waiting.isEmpty();
  }

  private void delete(List<Key> pages) {
    try {
      items.delete(pages);
    } catch (RuntimeException e) {
      // They stay, and are found to be over when the chain is opened next.
      LOG.log(System.Logger.Level.WARNING, "pages of the pool were not deleted", e);
    }
  }

  /**
   * Reads the pages that this process does not know of, left by one that may be gone.
   *
   * @param admit takes a transaction, and when it was first seen, and says whether it waits now
   */
  public void readOthers(BiConsumer<Sending, Found> admit) {
    table.forEach(Prefix.of(ledger, KIND), item -> read(item, admit));
  }

  /** Where a transaction of a page was found; {@code keep} is told whether it waits. */
  public interface Found {
    String page();

    long sinceMillis();

    void keep();
  }

  private void read(Item item, BiConsumer<Sending, Found> admit) {
    String[] parts = item.key().sort().split("#", -1);
    String id = parts[1];
    CborReader cbor = new CborReader(item.body());
    List<Kept> all = new ArrayList<>();
    for (int n = cbor.array(TRANSACTIONS_MAX); n > 0; n--) {
      all.add(Kept.read(cbor, id));
    }
    Set<Hash> hashes = all.stream().map(Kept::hash).collect(Collectors.toCollection(HashSet::new));
    synchronized (this) {
      if (left.putIfAbsent(id, hashes) != null) {
        return;
      }
    }
    for (Kept one : all) {
      admit.accept(one.sending(), one);
      if (!one.kept && wasLast(id, one.hash())) {
        delete(List.of(item.key()));
      }
    }
  }

  private static final class Kept implements Found {
    private final String page;
    private byte[] envelope = {};
    private String submitter = "";
    private Hash recentBlock = Sending.ANYWHERE;
    private long sinceMillis;
    private boolean kept;

    private Kept(String page) {
      this.page = page;
    }

    private static Kept read(CborReader cbor, String page) {
      Kept one = new Kept(page);
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

    @Override
    public String page() {
      return page;
    }

    @Override
    public long sinceMillis() {
      return sinceMillis;
    }

    @Override
    public void keep() {
      kept = true;
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
