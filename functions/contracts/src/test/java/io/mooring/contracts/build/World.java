package io.mooring.contracts.build;

import io.mooring.contracts.block.BlockRecord;
import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.ChainFacts;
import io.mooring.contracts.chain.ForkSchedule;
import io.mooring.contracts.chain.Sending;
import io.mooring.contracts.chain.Submission;
import io.mooring.contracts.state.NodeCache;
import io.mooring.contracts.state.PageFiles;
import io.mooring.contracts.state.StateStore;
import io.mooring.evm.Address;
import io.mooring.evm.BlockContext;
import io.mooring.evm.Evm;
import io.mooring.evm.Fork;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.block.BlockReplay;
import io.mooring.evm.crypto.Secp256k1;
import io.mooring.evm.interpreter.Interpreter;
import io.mooring.evm.state.Code;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.evm.transaction.Transaction;
import io.mooring.evm.trie.InMemoryNodeStore;
import io.mooring.evm.trie.StateTrie;
import io.mooring.evm.trie.TrieState;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.blob.InMemoryBlobs;
import io.mooring.platform.commit.AttemptId;
import io.mooring.platform.commit.Commit;
import io.mooring.platform.commit.CommitStore;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.Funding;
import io.mooring.platform.commit.GroupCommitter;
import io.mooring.platform.commit.IdempotencyKey;
import io.mooring.platform.commit.InMemoryStore;
import io.mooring.platform.commit.KeptEntry;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Receipt;
import io.mooring.platform.commit.Rules;
import io.mooring.platform.commit.Stores;
import io.mooring.platform.commit.ThreadPace;
import io.mooring.platform.commit.Write;
import io.mooring.platform.table.DerivedItems;
import io.mooring.platform.table.Key;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One chain on stores in memory with the real committer, and as many processes as a test wants. */
final class World {
  static final long CHAIN_ID = 77_001;
  static final LedgerId LEDGER = new LedgerId(new TenantId("ten_acme"), "led_chain");
  static final U256 RICH = U256.of(new BigInteger("10000000000000000000000"));

  /** Adds one to its slot 0 and logs nothing in particular. */
  static final byte[] COUNTER = HexFormat.of().parseHex("5f54600101" + "5f55" + "5f5fa000");

  static final Address COUNTING = Address.fromHex("00000000000000000000000000000000000c0de1");

  private static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();
  private static final Executor WORKERS =
      Executors.newFixedThreadPool(
          2,
          task -> {
            Thread thread = new Thread(task, "chain-worker");
            thread.setDaemon(true);
            return thread;
          });

  final InMemoryStore store = new InMemoryStore();
  final InMemoryBlobs blobs = new InMemoryBlobs();
  final ChainGenesis genesis;

  /** What processes execute with that are opened from now on. */
  Evm evm = new Interpreter();

  World() {
    this(Duration.ZERO, U256.ZERO);
  }

  World(Duration clock, U256 baseFee) {
    ChainFacts facts =
        new ChainFacts(
            LEDGER, CHAIN_ID, ForkSchedule.always(Fork.OSAKA), 60_000_000, baseFee, clock);
    Map<Address, ChainGenesis.Allotment> alloc = new HashMap<>();
    for (int i = 1; i <= 50; i++) {
      alloc.put(address(i), ChainGenesis.Allotment.of(RICH));
    }
    alloc.put(COUNTING, new ChainGenesis.Allotment(U256.ZERO, 1, COUNTER, new TreeMap<>()));
    alloc.put(
        Token.ADDRESS,
        new ChainGenesis.Allotment(
            U256.ZERO,
            1,
            Token.code(),
            Token.balances(IntStream.rangeClosed(1, 50).mapToObj(World::address).toList())));
    this.genesis = ChainGenesis.of(facts, alloc, 1_700_000_000_000L);
    Outcome born =
        committer(store, blobs, store)
            .commit(
                Write.to(LEDGER)
                    .entry(NewEntry.of("mooring.genesis", LEDGER.value(), Content.json("{}"))));
    if (!(born instanceof Outcome.Won)) {
      throw new AssertionError("no genesis: " + born);
    }
  }

  static GroupCommitter committer(CommitStore store, Blobs blobs, DerivedItems items) {
    return GroupCommitter.racing(
        new Stores(store, blobs, items, List.of()),
        Rules.standard(),
        new ThreadPace(Clock.systemUTC(), THREADS),
        new SecureRandom());
  }

  /** A process that sees the stores as they are. */
  LedgerChain process() {
    return process(store, blobs, store);
  }

  /** A process that charges for what its blocks use. */
  LedgerChain metered(Funding funding) {
    return process(store, blobs, store, committer(store, blobs, store).metered(funding));
  }

  LedgerChain process(CommitStore commits, Blobs blobs, DerivedItems items) {
    return process(commits, blobs, items, committer(commits, blobs, items));
  }

  LedgerChain process(CommitStore commits, Blobs blobs, DerivedItems items, Committer committer) {
    AtomicLong ids = new AtomicLong(System.nanoTime());
    return LedgerChain.open(
        works(commits, blobs, items, committer), genesis, () -> "pag_" + ids.incrementAndGet());
  }

  Works works() {
    return works(store, blobs, store, committer(store, blobs, store));
  }

  private Works works(CommitStore commits, Blobs blobs, DerivedItems items, Committer committer) {
    return new Works(
        committer,
        commits,
        blobs,
        store,
        items,
        new NodeCache(16 << 20, pageFiles()),
        evm,
        Clock.systemUTC(),
        WORKERS,
        THREADS);
  }

  /** A process whose writes somebody looks at first, who may refuse them. */
  LedgerChain process(Function<Write, Optional<Outcome>> judge) {
    Committer real = committer(store, blobs, store);
    Committer judging =
        new Committer() {
          @Override
          public Outcome commit(Write write, Duration patience) {
            return judge.apply(write).orElseGet(() -> real.commit(write, patience));
          }

          @Override
          public Outcome release(LedgerId ledger, Duration patience) {
            return real.release(ledger, patience);
          }

          @Override
          public Optional<Receipt> find(LedgerId ledger, AttemptId attempt, long after) {
            return real.find(ledger, attempt, after);
          }

          @Override
          public Optional<Receipt> find(LedgerId ledger, IdempotencyKey key) {
            return real.find(ledger, key);
          }
        };
    return process(store, blobs, store, judging);
  }

  /** Of the disk of one process. */
  static PageFiles pageFiles() {
    return new PageFiles(Path.of(System.getProperty("java.io.tmpdir")), 16 << 20);
  }

  static byte[] key(int number) {
    return U256.of(number).bytes();
  }

  static Address address(int key) {
    return Secp256k1.fastest().publicKey(key(key)).address();
  }

  static SignedTransaction sign(Transaction content, int key) {
    return new SignedTransaction(
        content, Secp256k1.fastest().sign(content.signingHash().bytes(), key(key)));
  }

  static SignedTransaction pay(int key, long nonce, Address to, long wei) {
    return sign(
        new Transaction.DynamicFee(
            CHAIN_ID,
            nonce,
            U256.ZERO,
            U256.ZERO,
            21_000,
            to,
            U256.of(wei),
            new byte[0],
            List.of()),
        key);
  }

  static SignedTransaction count(int key, long nonce) {
    return sign(
        new Transaction.DynamicFee(
            CHAIN_ID,
            nonce,
            U256.ZERO,
            U256.ZERO,
            100_000,
            COUNTING,
            U256.ZERO,
            new byte[0],
            List.of()),
        key);
  }

  static Sending sending(SignedTransaction transaction) {
    return Sending.of(transaction.encode(), "key_1");
  }

  static Submission send(LedgerChain chain, SignedTransaction transaction) {
    return chain.submit(sending(transaction)).orTimeout(30, TimeUnit.SECONDS).join();
  }

  /**
   * Reads the ledger with nothing but the genesis and the engine, executes every block again, and
   * holds each header against what comes out.
   */
  List<ChainBlock> replayed() {
    Commits commits = new Commits(store, blobs);
    List<ChainBlock> blocks = new ArrayList<>(List.of(genesis.block()));
    InMemoryNodeStore nodes = new InMemoryNodeStore();
    Map<Hash, Code> codes = new HashMap<>(genesis.changes().codes());
    StateTrie trie = StateTrie.empty(nodes);
    trie.apply(genesis.changes());
    long number = 1;
    for (Commit commit : all(commits)) {
      for (KeptEntry entry : commits.body(LEDGER, commit).entries()) {
        if (!(entry.about() instanceof KeptEntry.Here here)
            || !entry.entry().type().equals(BlockRecord.ENTRY_TYPE)) {
          continue;
        }
        BlockRecord record = BlockRecord.ofBytes(here.content());
        BlockContext.BlockHashes hashes = n -> blocks.get((int) n).hash();
        var header = record.block().header();
        var rules = genesis.facts().rules(header.number(), header.timestamp());
        var execution =
            new BlockReplay(new Interpreter(), rules)
                .run(record.block().block(), hashes, new TrieState(trie, codes::get), trie);
        ChainBlock made =
            BlockRecord.chainBlock(
                record.block().block(),
                execution.receipts(),
                record.block().senders(),
                record.block().timeMillis(),
                record.block().bytes());
        byte[] again = new BlockRecord(made, execution.changes()).toBytes();
        if (!Arrays.equals(again, here.content())
            || header.number() != number++
            || !header.parentHash().equals(blocks.getLast().hash())
            || commit.start() != header.number()) {
          throw new AssertionError("block " + header.number() + " is not what comes out");
        }
        codes.putAll(execution.changes().codes());
        trie = trie.copy();
        trie.apply(execution.changes());
        blocks.add(record.block());
      }
    }
    return blocks;
  }

  private static final Key WATERMARK = Key.of(LEDGER, "CHAINSTATE");

  /** Waits until what is derived up to a block is stored. */
  void awaitSealed(long block) {
    for (int tries = 0; store.get(WATERMARK).version() < block; tries++) {
      if (tries > 1_000) {
        throw new AssertionError("block " + block + " was not sealed");
      }
      LockSupport.parkNanos(10_000_000);
    }
  }

  private static List<BlobName> names(long last) {
    List<BlobName> names = new ArrayList<>();
    for (long block = StateStore.SEAL_BLOCKS; block <= last; block += StateStore.SEAL_BLOCKS) {
      names.add(BlobName.chain(LEDGER, "run/%020d".formatted(block)));
      names.add(BlobName.chain(LEDGER, "run/%020d/part/0".formatted(block)));
    }
    return names;
  }

  /** The hashes of all that is derived up to a block, by the names of the objects. */
  Map<String, String> derived(long last) {
    return names(last).stream()
        .collect(
            Collectors.toMap(
                BlobName::toString,
                name -> Hash.keccak(blobs.get(name).orElseThrow()).toString(),
                (one, other) -> one,
                TreeMap::new));
  }

  void damageDerived(long last) {
    names(last).forEach(name -> blobs.replace(name, new byte[] {1}));
  }

  void forgetDerived(long last) {
    names(last).forEach(blobs::delete);
    store.delete(List.of(WATERMARK));
  }

  private static List<Commit> all(Commits commits) {
    List<Commit> all = new ArrayList<>();
    for (List<Commit> page = commits.range(LEDGER, 1, 100);
        !page.isEmpty();
        page = commits.range(LEDGER, all.getLast().number() + 1, 100)) {
      all.addAll(page);
    }
    return all;
  }
}
