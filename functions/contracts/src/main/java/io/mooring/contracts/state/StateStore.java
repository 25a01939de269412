package io.mooring.contracts.state;

import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.LogFilter;
import io.mooring.contracts.chain.Place;
import io.mooring.evm.Hash;
import io.mooring.evm.state.Code;
import io.mooring.evm.trie.NodeStore;
import io.mooring.evm.trie.StateTrie;
import io.mooring.ledger.cbor.CborReader;
import io.mooring.ledger.cbor.CborWriter;
import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.blob.BlobsUnavailableException;
import io.mooring.platform.table.DerivedItems;
import io.mooring.platform.table.DerivedItems.Derived;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What is derived from one chain's blocks: trie nodes and codes by their hashes, and where blocks
 * and transactions stand by theirs. Every {@link #SEAL_BLOCKS} blocks it all goes into one {@link
 * Run}; until that is stored it is held here. Nothing is ever dropped, so that the state after any
 * block can be had. Thread-safe.
 *
 * <pre>
 * pk                       sk             body
 * T#ten_acme#L#led_1#      CHAINSTATE#    the last block whose run is stored, with all before it
 * </pre>
 *
 * <p><b>Trust:</b> a node is found by its hash but not hashed again; roots in headers, and proofs,
 * which readers check, show a wrong one.
 *
 * <p><b>Loss:</b> all of it is made again from the ledger, byte for byte, by opening the chain
 * without its watermark.
 */
public final class StateStore implements NodeStore {
  /** After so many blocks what they have added is stored. */
  public static final int SEAL_BLOCKS = 64;

  /** How many seals may wait for the blob store before no more blocks are made. */
  public static final int SEALS_WAITING_MAX = 8;

  private static final long AWAIT_MILLIS = 5;

  private static final int CODES_MAX = 4_096;
  private static final System.Logger LOG = System.getLogger(StateStore.class.getName());
  private static final AtomicLong OWNERS = new AtomicLong();

  private final LedgerId ledger;
  private final Blobs blobs;
  private final DerivedItems items;
  private final NodeCache cache;
  private final Executor threads;

  /** Under which number the cache knows what this store has read. */
  private volatile long owner = OWNERS.incrementAndGet();

  /** The newest first, because what was written last is read most. */
  private final List<Run> runs = new CopyOnWriteArrayList<>();

  private final Map<Hash, Code> codes = new ConcurrentHashMap<>();
  private final ConcurrentSkipListMap<Long, Map<Hash, Code>> fresh = new ConcurrentSkipListMap<>();
  private final Map<Hash, byte[]> waiting = new ConcurrentHashMap<>();
  private final Deque<Seal> seals = new ArrayDeque<>();
  private final AtomicLong objects = new AtomicLong();
  private SortedMap<Hash, byte[]> saving = new TreeMap<>();
  private boolean writing;
  private volatile boolean replacing;

  /** The last block that is in a seal, stored or not. */
  private volatile long sealed;

  private record Seal(long block, Hash root, SortedMap<Hash, byte[]> values) {}

  public StateStore(
      LedgerId ledger, Blobs blobs, DerivedItems items, NodeCache cache, Executor threads) {
    this.ledger = ledger;
    this.blobs = blobs;
    this.items = items;
    this.cache = cache;
    this.threads = threads;
  }

  /** Opens what is stored; gives the last block of it, or zero if there is nothing. */
  public long open() {
    long to =
        items.get(List.of(watermarkKey())).stream()
            .map(derived -> new CborReader(derived.item().body()).unsigned())
            .findFirst()
            .orElse(0L);
    for (long block = SEAL_BLOCKS; block <= to; block += SEAL_BLOCKS) {
      Optional<Run> run = Run.open(blobs, ledger, block);
      if (run.isEmpty()) {
        break; // The watermark says more than there is; what is missing is derived again.
      }
      runs.addFirst(run.get());
      sealed = block;
    }
    return sealed;
  }

  /** Opens nothing: what is derived is written again, over what is there. */
  public void openToRebuild() {
    replacing = true;
  }

  /**
   * Deletes the runs that end behind a chain's last block, because the chain was put back to {@code
   * blocks} of them. What says how far runs go may say more than there is.
   */
  public static void cutOff(Blobs blobs, LedgerId ledger, long blocks) {
    String prefix = BlobName.chain(ledger, Run.FOLDER).value();
    // The next run begins where the last whole one ends, and names sort as their blocks do.
    String after = Run.name(ledger, blocks - 1).value() + "/~";
    List<Blobs.Listed> page = blobs.list(prefix, after);
    while (!page.isEmpty()) {
      page.forEach(each -> blobs.delete(each.name()));
      page = blobs.list(prefix, page.getLast().name().value());
    }
  }

  /** Reads again from the blob store what it has read before, because that was mended. */
  public void forgetRead() {
    owner = OWNERS.incrementAndGet();
  }

  private Pages pages() {
    return new Pages(blobs, cache.pages(), owner);
  }

  /** How many objects were stored by this store. */
  public long objects() {
    return objects.get();
  }

  @Override
  public Optional<byte[]> load(Hash hash) {
    byte[] held = waiting.get(hash);
    return held == null ? stored(hash) : Optional.of(held);
  }

  private Optional<byte[]> stored(Hash hash) {
    Pages pages = pages();
    Optional<byte[]> cached = cache.get(pages.owner(), hash);
    if (cached.isPresent()) {
      return cached;
    }
    for (Run run : runs) {
      Optional<byte[]> found = run.get(pages, hash);
      if (found.isPresent()) {
        cache.put(pages.owner(), hash, found.get());
        return found;
      }
    }
    return Optional.empty();
  }

  /** Called by a trie that is sealed, and by no other. */
  @Override
  public void save(Hash hash, byte[] node) {
    saving.put(hash, node);
  }

  /** The code of that hash, which an account of the chain names. */
  public Code code(Hash hash) {
    Code known = codes.get(hash);
    if (known != null) {
      return known;
    }
    Code code =
        load(hash)
            .map(bytes -> Code.of(bytes, hash))
            .orElseThrow(() -> new IllegalStateException("no code " + hash));
    if (codes.size() >= CODES_MAX) {
      codes.clear(); // those that are not stored yet are held by their blocks
      fresh.values().forEach(codes::putAll);
    }
    codes.put(hash, code);
    return code;
  }

  /** Takes in the new codes of a block. */
  public void learn(long block, Map<Hash, Code> added) {
    if (!added.isEmpty()) {
      fresh.put(block, Map.copyOf(added));
      codes.putAll(added);
    }
  }

  /** Where a block of that hash stands, if its run is sealed. */
  public Optional<Long> number(Hash block) {
    return load(block)
        .filter(value -> value.length == Long.BYTES)
        .map(value -> ByteBuffer.wrap(value).getLong());
  }

  /** Where a transaction of that hash stands, if its block's run is sealed. */
  public Optional<Place> place(Hash transaction) {
    return load(transaction)
        .filter(value -> value.length == Long.BYTES + Integer.BYTES)
        .map(ByteBuffer::wrap)
        .map(value -> new Place(value.getLong(), value.getInt()));
  }

  /**
   * The next block from one on, and up to another, that may have a log which the filter lets
   * through: it has logs of one of the contracts, and each topic, if not in one log.
   */
  public OptionalLong nextLogged(LogFilter filter, long from, long to) {
    long block = Math.max(from, 1); // the genesis logs nothing
    while (block <= to && block <= sealed) {
      long seal = (block + SEAL_BLOCKS - 1) / SEAL_BLOCKS * SEAL_BLOCKS;
      long rest = LogIndex.mask(seal, filter, key -> entry(seal, key)) & -LogIndex.bit(block);
      if (rest != 0) {
        block = seal - SEAL_BLOCKS + 1 + Long.numberOfTrailingZeros(rest);
        break;
      }
      block = seal + 1;
    }
    return block <= to ? OptionalLong.of(block) : OptionalLong.empty();
  }

  /** What a seal has under a key of its own, or no bytes. */
  private byte[] entry(long seal, Hash key) {
    byte[] held = waiting.get(key);
    if (held != null) {
      return held;
    }
    // What was stored since then is among the runs by now.
    int index = runs.size() - (int) (seal / SEAL_BLOCKS);
    return index < 0
        ? new byte[0]
        : cache.get(owner, key).or(() -> runs.get(index).get(pages(), key)).orElse(new byte[0]);
  }

  /**
   * Waits until fewer seals than {@code most} wait for the blob store, which is asked again where
   * it failed.
   *
   * @throws BlobsUnavailableException if that takes too long
   */
  public void awaitStored(int most, Duration patience) {
    long until = System.nanoTime() + patience.toNanos();
    while (waitingSeals() >= most) {
      if (System.nanoTime() > until) {
        throw new BlobsUnavailableException(
            "what blocks have added is not stored after " + patience, new TimeoutException());
      }
      try {
        Thread.sleep(AWAIT_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BlobsUnavailableException("interrupted while runs were stored", e);
      }
      retry();
    }
  }

  private synchronized int waitingSeals() {
    return seals.size();
  }

  /** Whether the blob store is so far behind that no more blocks should be made. */
  public synchronized boolean isBehind() {
    return seals.size() >= SEALS_WAITING_MAX;
  }

  /**
   * Seals what these blocks have added, and gives the trie to go on with, which holds none of it.
   *
   * @param trie the state after the last of the blocks
   * @param blocks all that came after the last seal
   */
  public synchronized StateTrie seal(StateTrie trie, List<ChainBlock> blocks) {
    ChainBlock last = blocks.getLast();
    saving = new TreeMap<>();
    Hash root = trie.copy().commit();
    SortedMap<Hash, byte[]> values = saving;
    saving = new TreeMap<>();
    long before = last.number() - SEAL_BLOCKS; // the first seal has what the genesis brought, too
    fresh
        .subMap(before, before == 0, last.number(), true)
        .values()
        .forEach(added -> added.forEach((hash, code) -> values.put(hash, code.bytes())));
    for (ChainBlock block : blocks) {
      values.put(block.hash(), ByteBuffer.allocate(Long.BYTES).putLong(block.number()).array());
      for (int i = 0; i < block.transactionHashes().size(); i++) {
        values.put(
            block.transactionHashes().get(i),
            ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(block.number())
                .putInt(i)
                .array());
      }
    }
    values.putAll(LogIndex.entries(last.number(), blocks));
    waiting.putAll(values);
    sealed = last.number();
    seals.add(new Seal(last.number(), root, values));
    if (!writing) {
      writing = true;
      threads.execute(this::write);
    }
    return StateTrie.open(root, this);
  }

  /** Tries again what a failure has left. */
  public synchronized void retry() {
    if (!writing && !seals.isEmpty()) {
      writing = true;
      threads.execute(this::write);
    }
  }

  private void write() {
    for (Seal seal = next(); seal != null; seal = next()) {
      try {
        Run run = Run.write(this::keep, pages(), ledger, seal.block, seal.root, seal.values);
        byte[] to = new CborWriter().unsigned(seal.block).toBytes();
        items.put(List.of(new Derived(new Item(watermarkKey(), seal.block, to), Derived.NEVER)));
        written(seal, run);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "what blocks have added was not stored", e);
        synchronized (this) {
          writing = false;
        }
        return;
      }
    }
  }

  private void keep(BlobName name, byte[] content) {
    if (replacing) {
      blobs.replace(name, content);
    } else {
      blobs.create(name, content);
    }
    objects.incrementAndGet();
  }

  private synchronized @Nullable Seal next() {
    writing = !seals.isEmpty();
    return seals.peek();
  }

  private void written(Seal seal, Run run) {
    runs.addFirst(run);
    synchronized (this) {
      seals.remove();
      // What a later seal has added again waits still.
      seal.values.forEach(
          (hash, value) -> {
            if (seals.stream().noneMatch(later -> later.values.containsKey(hash))) {
              waiting.remove(hash);
            }
          });
      fresh.headMap(seal.block, true).clear();
    }
  }

  private Key watermarkKey() {
    return Key.of(ledger, "CHAINSTATE");
  }
}
