package io.mooring.evm.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.evm.Address;
import io.mooring.evm.BlockContext;
import io.mooring.evm.Evm;
import io.mooring.evm.Fork;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.block.Block;
import io.mooring.evm.block.BlockExecution;
import io.mooring.evm.block.BlockHeader;
import io.mooring.evm.block.FeeMarket;
import io.mooring.evm.block.Genesis;
import io.mooring.evm.block.IndexedRoot;
import io.mooring.evm.block.Requests;
import io.mooring.evm.block.Withdrawal;
import io.mooring.evm.cli.Engines;
import io.mooring.evm.conformance.CaseResult.Verdict;
import io.mooring.evm.crypto.Secp256k1;
import io.mooring.evm.state.Code;
import io.mooring.evm.state.MemoryState;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.evm.transaction.Transaction;
import io.mooring.evm.transaction.TransactionResult;
import io.mooring.evm.transaction.TransactionRules;
import io.mooring.evm.trie.NodeStore;
import io.mooring.evm.trie.StateTrie;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A chain of one block that we make, good or bent, in the form of the blockchain tests. */
class BlockTestRunnerTest {
  private static final Evm EVM = Engines.named(Engines.DEFAULT);
  private static final TransactionRules RULES = TransactionRules.of(Fork.SHANGHAI, 1);
  private static final byte[] SECRET = Hash.keccak("cow".getBytes()).bytes();
  private static final Address PAYEE = Address.fromHex("dd".repeat(20));
  private static final long GAS_LIMIT = 30_000_000;

  private final MemoryState state =
      new MemoryState()
          .put(
              Secp256k1.fastest().publicKey(SECRET).address(),
              0,
              U256.of(1_000_000_000_000_000_000L),
              Code.NONE);
  private final StateTrie trie = AllocJson.trie(state, NodeStore.NONE);
  private final Block genesis = genesis(Fork.SHANGHAI);

  private Block genesis(Fork fork) {
    return Genesis.of(fork, trie.root(), GAS_LIMIT, 100).block();
  }

  /** A transfer and a withdrawal, in a block whose header says so much gas more than was used. */
  private Block block(long gasBent) {
    return block(genesis, gasBent);
  }

  private Block block(Block genesis, long gasBent) {
    U256 baseFee = FeeMarket.nextBaseFee(genesis.header().baseFee(), GAS_LIMIT, 0);
    BlockContext context =
        new BlockContext(
            1,
            112,
            GAS_LIMIT,
            Address.ZERO,
            U256.ZERO,
            baseFee,
            U256.ZERO,
            1,
            BlockContext.BlockHashes.NONE);
    SignedTransaction transfer =
        new Transaction.DynamicFee(
                1,
                0,
                U256.ONE,
                baseFee.plus(U256.ONE),
                21_000,
                PAYEE,
                U256.ONE,
                new byte[0],
                List.of())
            .sign(Secp256k1.fastest(), SECRET);
    List<Withdrawal> withdrawals = List.of(new Withdrawal(0, 0, PAYEE, 7));
    BlockExecution execution = new BlockExecution(EVM, RULES, context, state, trie);
    assertTrue(execution.add(transfer) instanceof TransactionResult.Executed);
    execution.withdraw(withdrawals);

    BlockHeader header =
        new BlockHeader(
            BlockHeader.Format.SHANGHAI,
            genesis.header().hash(),
            BlockHeader.NO_OMMERS,
            Address.ZERO,
            execution.stateRoot(),
            IndexedRoot.ofTransactions(List.of(transfer)),
            IndexedRoot.ofReceipts(execution.receipts()),
            execution.bloom(),
            U256.ZERO,
            1,
            GAS_LIMIT,
            execution.gasUsed() + gasBent,
            112,
            new byte[0],
            Hash.ZERO,
            0,
            baseFee,
            IndexedRoot.ofWithdrawals(withdrawals),
            0,
            0,
            Hash.ZERO,
            Requests.NONE.hash());
    return new Block(header, List.of(transfer), List.of(), withdrawals);
  }

  private CaseResult run(Block block, boolean valid) {
    return run("Shanghai", genesis, block, valid);
  }

  private CaseResult run(String network, Block genesis, Block block, boolean valid) {
    ObjectNode file = new JsonMapper().createObjectNode();
    ObjectNode test = file.putObject("chain").put("network", network);
    test.putObject("genesisBlockHeader");
    test.put("genesisRLP", hex(genesis.encode()));
    test.set("pre", AllocJson.write(state));
    ObjectNode json = test.putArray("blocks").addObject().put("rlp", hex(block.encode()));
    if (valid) {
      json.putObject("blockHeader");
    } else {
      json.put("expectException", "BlockException.INVALID_GAS_USED");
    }
    Hash last = valid ? block.header().hash() : genesis.header().hash();
    test.put("lastblockhash", last.toString());
    return new BlockTestRunner(EVM).run("file", file, fork -> true).getFirst();
  }

  private static String hex(byte[] bytes) {
    return "0x" + HexFormat.of().formatHex(bytes);
  }

  @Test
  void takesABlockThatIsWhatItSays() {
    CaseResult result = run(block(0), true);
    assertEquals(Verdict.PASSED, result.verdict(), result::error);
    assertEquals(block(0).header().stateRoot(), result.stateRoot());
  }

  @Test
  void refusesABlockWhoseHeaderSaysOtherwise() {
    assertEquals(Verdict.PASSED, run(block(1), false).verdict());
  }

  @Test
  void failsWhereABlockShouldBeTakenAndIsNot() {
    assertEquals(
        "a block was refused: the header's gas used is 21001, not 21000",
        run(block(1), true).error());
  }

  @Test
  void failsWhereABlockShouldBeRefusedAndIsNot() {
    CaseResult result = run(block(0), false);
    assertEquals(
        "a block was taken, not refused: \"BlockException.INVALID_GAS_USED\"", result.error());
  }

  @ParameterizedTest
  @CsvSource({
    "ParisToShanghaiAt1, ParisToShanghaiAt2",
    "ParisToShanghaiAtTime112, ParisToShanghaiAtTime1k"
  })
  void takesABlockOfTheLaterForkFromTheTransitionOn(String reached, String ahead) {
    Block paris = genesis(Fork.PARIS);
    Block shanghai = block(paris, 0);

    assertEquals(Verdict.PASSED, run(reached, paris, shanghai, true).verdict());
    assertEquals(
        "a block was refused: the header has not the fields of PARIS",
        run(ahead, paris, shanghai, true).error());
  }

  @Test
  void takesABlockOfTheEarlierForkUntilTheTransition() {
    CaseResult result = run("ShanghaiToCancunAtTime15k", genesis, block(0), true);
    assertEquals(Verdict.PASSED, result.verdict(), result::error);
  }

  @Test
  void skipsNetworksThatWeDoNotHaveAndSaysSo() throws Exception {
    String json =
        """
        {"a": {"network": "HomesteadToDaoAt5", "genesisBlockHeader": {}, "blocks": []},
         "b": {"network": "OsakaToBPO1AtTime15k", "genesisBlockHeader": {}, "blocks": []},
         "c": {"post": {}}}
        """;
    List<CaseResult> results =
        new BlockTestRunner(EVM).run("file", new JsonMapper().readTree(json), fork -> true);
    assertEquals(List.of(Verdict.SKIPPED, Verdict.SKIPPED, Verdict.SKIPPED), verdicts(results));
    assertEquals("not a network that we have: HomesteadToDaoAt5", results.getFirst().error());
    assertEquals("not a blockchain test", results.getLast().error());
  }

  private static List<Verdict> verdicts(List<CaseResult> results) {
    return results.stream().map(CaseResult::verdict).toList();
  }
}
