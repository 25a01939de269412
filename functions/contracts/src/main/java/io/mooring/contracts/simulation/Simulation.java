package io.mooring.contracts.simulation;

import io.mooring.contracts.chain.Chain;
import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.ChainState;
import io.mooring.contracts.simulation.CallRefused.Reason;
import io.mooring.contracts.simulation.SimulatedBlock.NumberedLog;
import io.mooring.evm.Address;
import io.mooring.evm.BlockContext;
import io.mooring.evm.Evm;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.block.Block;
import io.mooring.evm.block.BlockExecution;
import io.mooring.evm.block.BlockHeader;
import io.mooring.evm.block.BlockReward;
import io.mooring.evm.block.Requests;
import io.mooring.evm.crypto.Signature;
import io.mooring.evm.precompile.Precompiles;
import io.mooring.evm.state.StateChanges;
import io.mooring.evm.state.WorldState;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.evm.transaction.Transaction;
import io.mooring.evm.transaction.TransactionResult;
import io.mooring.evm.transaction.TransactionRules;
import io.mooring.evm.trie.StateTrie;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Makes blocks on top of a chain that nobody else sees, as {@code eth_simulateV1} asks for. */
public final class Simulation {
  /** How far apart blocks are that do not say when they are. */
  private static final long SECONDS_BETWEEN_BLOCKS = 12;

  private static final Signature UNSIGNED = new Signature(U256.ZERO, U256.ZERO, 0);

  private final Evm evm;
  private final LongSupplier nanoTime;

  public Simulation(Evm evm, LongSupplier nanoTime) {
    this.evm = evm;
    this.nanoTime = nanoTime;
  }

  /**
   * How blocks are simulated.
   *
   * @param validates whether nonces and fees count as they do in a real block
   * @param transfers whether movements of ether show as logs
   * @param depositContract whose logs are deposits
   */
  public record Options(
      boolean validates, boolean transfers, int blocksMax, Address depositContract) {}

  /** What goes from block to block of one run. Not thread-safe. */
  private static final class Run {
    final Chain chain;
    final ChainBlock base;
    final Options options;
    final CallLimits limits;
    final long deadline;
    final SimulatedState state;
    final StateTrie trie;
    final Map<Long, Hash> hashes = new HashMap<>();
    long gasLeft;

    Run(Chain chain, ChainBlock base, ChainState on, Options options, CallLimits limits, long at) {
      this.chain = chain;
      this.base = base;
      this.options = options;
      this.limits = limits;
      this.deadline = at + Duration.ofMillis(limits.millisMax()).toNanos();
      this.state = new SimulatedState(on.source());
      this.trie = on.trie();
      this.gasLeft = limits.gasMax();
    }
  }

  /**
   * @throws CallRefused if the blocks do not follow each other, or a transaction may not be in one
   */
  public List<SimulatedBlock> run(
      Chain chain,
      ChainBlock base,
      ChainState on,
      List<BlockSketch> sketches,
      Options options,
      CallLimits limits) {
    List<BlockSketch> line = inLine(base.header(), sketches, options.blocksMax());
    Run run = new Run(chain, base, on, options, limits, nanoTime.getAsLong());
    List<SimulatedBlock> blocks = new ArrayList<>();
    BlockHeader parent = base.header();
    for (BlockSketch sketch : line) {
      SimulatedBlock made = make(run, sketch, parent);
      parent = made.block().header();
      run.hashes.put(parent.number(), made.block().hash());
      blocks.add(made);
    }
    return blocks;
  }

  /** Gives each block its number and time, and fills the gaps between them. */
  private static List<BlockSketch> inLine(
      BlockHeader base, List<BlockSketch> sketches, int blocksMax) {
    List<BlockSketch> line = new ArrayList<>();
    long number = base.number();
    long time = base.timestamp();
    for (BlockSketch sketch : sketches) {
      Long named = sketch.block().number();
      long wanted = named == null ? number + 1 : named;
      if (Long.compareUnsigned(wanted, number) <= 0) {
        throw new CallRefused(
            Reason.BLOCK_NUMBERS,
            "block numbers must be in order: "
                + Long.toUnsignedString(wanted)
                + " <= "
                + Long.toUnsignedString(number));
      }
      if (Long.compareUnsigned(wanted - base.number(), blocksMax) > 0) {
        throw new CallRefused(Reason.TOO_MANY_BLOCKS, "too many blocks");
      }
      while (number + 1 < wanted) {
        line.add(BlockSketch.EMPTY.at(++number, time += SECONDS_BETWEEN_BLOCKS));
      }
      Long then = sketch.block().time();
      if (then != null && Long.compareUnsigned(then, time) <= 0) {
        throw new CallRefused(
            Reason.BLOCK_TIMES,
            "block timestamps must be in order: "
                + Long.toUnsignedString(then)
                + " <= "
                + Long.toUnsignedString(time));
      }
      time = then == null ? time + SECONDS_BETWEEN_BLOCKS : then;
      number = wanted;
      line.add(sketch.at(number, time));
    }
    return line;
  }

  private SimulatedBlock make(Run run, BlockSketch sketch, BlockHeader parent) {
    BlockHeader header =
        SimulatedHeader.begin(
            run.chain, run.base.header(), parent, sketch.block(), run.options.validates());
    TransactionRules rules = run.limits.bound(run.chain.rules(header));
    BlockContext context = context(run, header, sketch.block());
    Precompiles precompiles =
        sketch.state().precompiles(Precompiles.of(run.chain.rules(run.base.header()).fork()));
    StateChanges overrides = sketch.state().changes(run.state);
    run.state.apply(overrides);
    run.trie.apply(overrides);

    BlockExecution execution = new BlockExecution(evm, rules, context, run.state, run.trie);
    execution.begin(header.parentHash(), header.parentBeaconBlockRoot());
    TransferLogs tracer = new TransferLogs(run.options.transfers());
    List<SignedTransaction> transactions = new ArrayList<>();
    List<Hash> hashes = new ArrayList<>();
    List<Address> senders = new ArrayList<>();
    List<SimulatedBlock.Call> calls = new ArrayList<>();
    for (CallRequest request : sketch.calls()) {
      stopLate(run);
      Transaction transaction = transaction(run, request, rules, context, execution);
      SignedTransaction unsigned = new SignedTransaction(transaction, UNSIGNED);
      transactions.add(unsigned);
      hashes.add(unsigned.hash());
      senders.add(request.from());
      calls.add(call(run, request, transaction, rules, context, precompiles, execution, tracer));
    }
    Requests requests = SystemContracts.requests(execution, rules, run.options.depositContract());
    execution.withdraw(sketch.block().withdrawals());
    BlockReward.pay(rules.fork(), header, List.of(), execution);

    StateChanges changes = execution.changes();
    run.state.apply(changes);
    run.trie.apply(changes);
    BlockHeader ended =
        SimulatedHeader.end(
            header,
            execution,
            transactions,
            sketch.block().withdrawals(),
            requests,
            run.trie.root());
    Block block = new Block(ended, transactions, List.of(), sketch.block().withdrawals());
    return new SimulatedBlock(
        new ChainBlock(
            block,
            ended.hash(),
            hashes,
            senders,
            execution.receipts(),
            Duration.ofSeconds(ended.timestamp()).toMillis(),
            block.encode().length),
        calls);
  }

  private void stopLate(Run run) {
    if (nanoTime.getAsLong() - run.deadline > 0) {
      throw new CallRefused(
          Reason.INTERRUPTED, "execution aborted (timeout = " + run.limits.millisMax() + " ms)");
    }
  }

  private static BlockContext context(Run run, BlockHeader header, BlockOverrides overrides) {
    BlockContext plain = run.chain.context(header);
    BlockContext.BlockHashes known = run.chain.context(run.base.header()).hashes();
    BlockContext.BlockHashes hashes =
        number -> {
          if (number == run.base.number()) {
            return run.base.hash();
          }
          Hash simulated = run.hashes.get(number);
          return simulated == null ? known.hash(number) : simulated;
        };
    U256 blobBaseFee = overrides.blobBaseFee();
    return new BlockContext(
        header.number(),
        header.timestamp(),
        header.gasLimit(),
        header.coinbase(),
        header.mixHash().word(),
        header.baseFee(),
        blobBaseFee == null ? plain.blobBaseFee() : blobBaseFee,
        plain.chainId(),
        hashes);
  }

  /** The transaction with what was left open. */
  private static Transaction transaction(
      Run run,
      CallRequest request,
      TransactionRules rules,
      BlockContext context,
      BlockExecution execution) {
    long left = context.gasLimit() - execution.gasUsed();
    Long named = request.gas();
    long gas = named == null ? left : named;
    if (Long.compareUnsigned(gas, left) > 0) {
      throw new CallRefused(
          Reason.BLOCK_GAS_EXCEEDED,
          "block gas limit reached: "
              + Long.toUnsignedString(execution.gasUsed() + gas)
              + " >= "
              + Long.toUnsignedString(context.gasLimit()));
    }
    if (run.gasLeft == 0) {
      throw new CallRefused(Reason.BLOCK_GAS_EXCEEDED, "the gas of the simulation is used up");
    }
    Long nonce = request.nonce();
    return request.transaction(
        rules.chainId(),
        nonce == null ? execution.state().nonce(request.from()) : nonce,
        Math.min(gas, run.gasLeft));
  }

  private SimulatedBlock.Call call(
      Run run,
      CallRequest request,
      Transaction transaction,
      TransactionRules rules,
      BlockContext context,
      Precompiles precompiles,
      BlockExecution execution,
      TransferLogs tracer) {
    WorldState state = execution.state();
    long expected = state.nonce(request.from());
    try {
      if (run.options.validates()) {
        CallChecks.checkNonce(request.from(), transaction.nonce(), expected);
      }
      CallChecks.check(
          transaction,
          request.from(),
          state.balance(request.from()),
          rules,
          context,
          run.options.validates());
    } catch (CallRefused refused) {
      throw new CallRefused(
          refused.reason(),
          "err: "
              + refused.words()
              + " (supplied gas "
              + Long.toUnsignedString(transaction.gasLimit())
              + ")");
    }

    Transaction next =
        transaction.nonce() == expected
            ? transaction
            : request.transaction(rules.chainId(), expected, transaction.gasLimit());
    TransactionResult result = execution.simulate(next, request.from(), precompiles, tracer);
    return switch (result) {
      case TransactionResult.Executed executed -> {
        run.gasLeft -= executed.gasUsed();
        long spent = transaction.gasLimit() - executed.outcome().gasLeft();
        yield new SimulatedBlock.Call(
            executed,
            Math.max(spent, rules.floorGas(transaction)),
            tracer.logs().stream().map(log -> new NumberedLog(log.log(), log.index())).toList());
      }
      case TransactionResult.Refused(var refusal) ->
          throw new IllegalStateException("a simulation refuses nothing, but " + refusal);
      case TransactionResult.Interrupted(var halt) ->
          throw new CallRefused(
              Reason.INTERRUPTED,
              "execution aborted: " + halt + " (timeout = " + run.limits.millisMax() + " ms)");
    };
  }
}
