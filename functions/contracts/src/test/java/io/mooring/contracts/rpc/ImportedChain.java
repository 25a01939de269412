package io.mooring.contracts.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.billing.Charge;
import io.mooring.contracts.chain.Chain;
import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.ChainFacts;
import io.mooring.contracts.chain.ChainListener;
import io.mooring.contracts.chain.ChainState;
import io.mooring.contracts.chain.ForkSchedule;
import io.mooring.contracts.chain.FoundLog;
import io.mooring.contracts.chain.LogCursor;
import io.mooring.contracts.chain.LogFilter;
import io.mooring.contracts.chain.LogPage;
import io.mooring.contracts.chain.Place;
import io.mooring.contracts.chain.PoolView;
import io.mooring.contracts.chain.Sending;
import io.mooring.contracts.chain.StateUnavailableException;
import io.mooring.contracts.chain.Submission;
import io.mooring.evm.Address;
import io.mooring.evm.BlockContext;
import io.mooring.evm.Fork;
import io.mooring.evm.Hash;
import io.mooring.evm.Limits;
import io.mooring.evm.Log;
import io.mooring.evm.U256;
import io.mooring.evm.block.Block;
import io.mooring.evm.block.BlockExecution;
import io.mooring.evm.block.BlockHeader;
import io.mooring.evm.block.BlockHeader.Format;
import io.mooring.evm.block.BlockReplay;
import io.mooring.evm.block.Bloom;
import io.mooring.evm.block.FeeMarket;
import io.mooring.evm.conformance.AllocJson;
import io.mooring.evm.conformance.GenesisJson;
import io.mooring.evm.crypto.Secp256k1;
import io.mooring.evm.interpreter.Interpreter;
import io.mooring.evm.rlp.MalformedRlp;
import io.mooring.evm.rlp.RlpInput;
import io.mooring.evm.state.AccountState;
import io.mooring.evm.state.Code;
import io.mooring.evm.state.MemoryState;
import io.mooring.evm.state.StateSource;
import io.mooring.evm.transaction.BlobSchedule;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.evm.transaction.Transaction;
import io.mooring.evm.transaction.TransactionRules;
import io.mooring.evm.trie.InMemoryNodeStore;
import io.mooring.evm.trie.MerkleTrie;
import io.mooring.evm.trie.StateTrie;
import io.mooring.evm.trie.TrieState;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The chain of ethereum/execution-apis, run block by block through all its forks; what is sent to
 * it waits for ever, unless a test cuts a block.
 */
class ImportedChain implements Chain {
  private static final int KEPT_STATES = 10_000;

  private final JsonNode genesis;
  private final InMemoryNodeStore nodes = new InMemoryNodeStore();
  private final Map<Hash, Code> codes = new HashMap<>();
  private final List<ChainBlock> blocks = new ArrayList<>();
  private final Map<Hash, ChainBlock> byHash = new HashMap<>();
  private final Map<Hash, Place> places = new HashMap<>();
  private final Map<Hash, PoolView.Waiting> waiting = new HashMap<>();
  private final List<ChainListener> listeners = new CopyOnWriteArrayList<>();

  ImportedChain() {
    genesis = Vectors.json("genesis.json");
    MemoryState alloc = AllocJson.read(genesis.get("alloc"));
    alloc.accounts().values().forEach(held -> keep(alloc.code(held.codeHash())));
    AllocJson.trie(alloc, nodes).commit();
    add(GenesisJson.read(genesis, Fork.HOMESTEAD).block(), List.of());
    RlpInput input = RlpInput.of(Vectors.bytes("chain.rlp"));
    while (input.hasNext()) {
      Block block = Block.read(input);
      if (block.header().number() > 0) {
        run(block);
      }
    }
  }

  private void keep(Code code) {
    codes.put(code.hash(), code);
  }

  private void run(Block block) {
    Address deposits =
        Address.fromHex(genesis.get("config").get("depositContractAddress").asText());
    StateTrie trie = trie(latest().header());
    BlockExecution execution =
        new BlockReplay(new Interpreter(), rules(block.header()), deposits)
            .run(block, context(block.header()).hashes(), source(trie), trie);
    execution.changes().codes().values().forEach(this::keep);
    trie.apply(execution.changes());
    if (!trie.commit().equals(block.header().stateRoot())) {
      throw new IllegalStateException("block " + block.header().number() + " has another root");
    }
    add(block, execution.receipts());
  }

  private void add(Block block, List<io.mooring.evm.block.Receipt> receipts) {
    List<Hash> hashes = block.transactions().stream().map(SignedTransaction::hash).toList();
    List<Address> senders =
        block.transactions().stream()
            .map(each -> each.sender(Secp256k1.fastest()).orElseThrow())
            .toList();
    ChainBlock added =
        new ChainBlock(
            block,
            block.header().hash(),
            hashes,
            senders,
            receipts,
            block.header().timestamp() * 1_000,
            block.encode().length);
    blocks.add(added);
    byHash.put(added.hash(), added);
    for (int i = 0; i < hashes.size(); i++) {
      places.put(hashes.get(i), new Place(added.number(), i));
    }
  }

  private StateTrie trie(BlockHeader header) {
    return StateTrie.open(header.stateRoot(), nodes);
  }

  private StateSource source(StateTrie trie) {
    return new TrieState(trie, hash -> Optional.ofNullable(codes.get(hash)).orElseThrow());
  }

  @Override
  public ChainFacts facts() {
    JsonNode config = genesis.get("config");
    return new ChainFacts(
        new LedgerId(new TenantId("ten_vectors"), "led_vectors"),
        config.get("chainId").asLong(),
        ForkSchedule.always(Fork.OSAKA),
        latest().header().gasLimit(),
        latest().header().baseFee(),
        Duration.ZERO);
  }

  /** Where a fork begins is in the genesis file by block number until Paris, then by time. */
  @Override
  public TransactionRules rules(BlockHeader header) {
    JsonNode config = genesis.get("config");
    Fork fork = Fork.HOMESTEAD;
    String blobs = "";
    record Start(String key, Fork fork) {}
    for (Start start :
        List.of(
            new Start("eip150Block", Fork.TANGERINE_WHISTLE),
            new Start("eip158Block", Fork.SPURIOUS_DRAGON),
            new Start("byzantiumBlock", Fork.BYZANTIUM),
            new Start("constantinopleBlock", Fork.CONSTANTINOPLE),
            new Start("petersburgBlock", Fork.PETERSBURG),
            new Start("istanbulBlock", Fork.ISTANBUL),
            new Start("berlinBlock", Fork.BERLIN),
            new Start("londonBlock", Fork.LONDON))) {
      fork = header.number() >= config.get(start.key).asLong() ? start.fork : fork;
    }
    if (header.difficulty().isZero()) {
      fork = Fork.PARIS;
    }
    for (Start start :
        List.of(
            new Start("shanghai", Fork.SHANGHAI),
            new Start("cancun", Fork.CANCUN),
            new Start("prague", Fork.PRAGUE),
            new Start("osaka", Fork.OSAKA),
            new Start("bpo1", Fork.OSAKA),
            new Start("bpo2", Fork.OSAKA))) {
      if (header.timestamp() >= config.get(start.key + "Time").asLong()) {
        fork = start.fork;
        blobs = start.key;
      }
    }
    BlobSchedule schedule = BlobSchedule.of(fork);
    JsonNode configured = config.path("blobSchedule").path(blobs);
    if (configured.isObject()) {
      schedule =
          new BlobSchedule(
              configured.get("target").asInt(),
              configured.get("max").asInt(),
              Math.min(schedule.perTransactionMax(), configured.get("max").asInt()),
              configured.get("baseFeeUpdateFraction").asLong());
    }
    return new TransactionRules(fork, config.get("chainId").asLong(), schedule, Limits.STANDARD);
  }

  @Override
  public ChainBlock latest() {
    return blocks.getLast();
  }

  @Override
  public Optional<ChainBlock> block(long number) {
    return number < 0 || number >= blocks.size()
        ? Optional.empty()
        : Optional.of(blocks.get((int) number));
  }

  @Override
  public Optional<ChainBlock> block(Hash hash) {
    return Optional.ofNullable(byHash.get(hash));
  }

  @Override
  public List<Charge> charges(long block) {
    return List.of();
  }

  @Override
  public Optional<Place> place(Hash transaction) {
    return Optional.ofNullable(places.get(transaction));
  }

  @Override
  public ChainState state(long number) {
    if (latest().number() - number > KEPT_STATES) {
      throw new StateUnavailableException("the state of block " + number + " is not kept");
    }
    BlockHeader header = block(number).orElseThrow().header();
    StateTrie trie = trie(header);
    return new ChainState() {
      @Override
      public long number() {
        return number;
      }

      @Override
      public StateSource source() {
        return ImportedChain.this.source(trie);
      }

      @Override
      public StateTrie trie() {
        return trie.copy();
      }
    };
  }

  @Override
  public BlockHeader next() {
    BlockHeader last = latest().header();
    TransactionRules rules = rules(last);
    return new BlockHeader(
        Format.of(rules.fork()),
        latest().hash(),
        BlockHeader.NO_OMMERS,
        last.coinbase(),
        Hash.ZERO,
        MerkleTrie.EMPTY_ROOT,
        MerkleTrie.EMPTY_ROOT,
        Bloom.EMPTY,
        U256.ZERO,
        last.number() + 1,
        last.gasLimit(),
        0,
        last.timestamp() + 1,
        new byte[0],
        Hash.ZERO,
        0,
        FeeMarket.nextBaseFee(last.baseFee(), last.gasLimit(), last.gasUsed()),
        MerkleTrie.EMPTY_ROOT,
        0,
        FeeMarket.nextExcessBlobGas(
            rules.fork(), rules.blobs(), last.excessBlobGas(), last.blobGasUsed(), last.baseFee()),
        Hash.ZERO,
        Hash.ZERO);
  }

  @Override
  public BlockContext context(BlockHeader header) {
    TransactionRules rules = rules(header);
    return new BlockContext(
        header.number(),
        header.timestamp(),
        header.gasLimit(),
        header.coinbase(),
        rules.fork().includes(Fork.PARIS) ? header.mixHash().word() : header.difficulty(),
        header.baseFee(),
        rules.blobs().baseFee(header.excessBlobGas()),
        rules.chainId(),
        number -> block(number).map(ChainBlock::hash).orElse(Hash.ZERO));
  }

  @Override
  public CompletableFuture<Submission> submit(Sending sending) {
    try {
      SignedTransaction signed = SignedTransaction.decode(sending.envelope());
      Address sender = signed.sender(Secp256k1.fastest()).orElseThrow();
      Hash hash = signed.hash();
      Submission outcome = new Submission.Accepted(hash);
      if (signed.content() instanceof Transaction.Blob) {
        outcome =
            new Submission.Invalid(io.mooring.evm.transaction.Refusal.TYPE_NOT_SUPPORTED, "blobs");
      } else if (waiting.putIfAbsent(hash, new PoolView.Waiting(signed, hash, sender, true))
          != null) {
        outcome = new Submission.Known(hash);
      } else {
        listeners.forEach(each -> each.pending(signed, hash, sender));
      }
      return CompletableFuture.completedFuture(outcome);
    } catch (MalformedRlp malformed) {
      return CompletableFuture.completedFuture(
          new Submission.Malformed(String.valueOf(malformed.getMessage())));
    }
  }

  @Override
  public long freeNonce(Address sender) {
    return pool().nextNonce(sender);
  }

  @Override
  public PoolView pool() {
    return new PoolView() {
      @Override
      public Optional<Waiting> find(Hash transaction) {
        return Optional.ofNullable(waiting.get(transaction));
      }

      @Override
      public long nextNonce(Address sender) {
        long nonce =
            state(latest().number()).source().account(sender).orElse(AccountState.EMPTY).nonce();
        return nonce + of(sender).size();
      }

      @Override
      public List<Waiting> of(Address sender) {
        return waiting.values().stream().filter(each -> each.sender().equals(sender)).toList();
      }

      @Override
      public List<Waiting> all() {
        return List.copyOf(waiting.values());
      }
    };
  }

  @Override
  public LogPage logs(LogFilter filter, LogCursor from, int limit) {
    List<FoundLog> found = new ArrayList<>();
    for (long number = Math.max(filter.fromBlock(), from.block());
        number <= Math.min(filter.toBlock(), latest().number());
        number++) {
      ChainBlock block = block(number).orElseThrow();
      for (int i = 0; i < block.receipts().size(); i++) {
        int index = block.firstLog(i);
        for (Log log : block.receipts().get(i).logs()) {
          FoundLog hit = LogJson.found(block, i, log, index++);
          boolean before = number == from.block() && hit.logIndex() < from.log();
          if (!filter.lets(log) || before) {
            continue;
          }
          if (found.size() == limit) {
            return new LogPage(found, true, new LogCursor(number, hit.logIndex()));
          }
          found.add(hit);
        }
      }
    }
    return new LogPage(found, false, LogCursor.START);
  }

  @Override
  public Subscription listen(ChainListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Tells everybody of a block that is there already, as if it had just been cut. */
  void tellAgain(long number) {
    listeners.forEach(each -> each.committed(block(number).orElseThrow()));
  }

  int listenerCount() {
    return listeners.size();
  }
}
