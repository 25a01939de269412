package io.mooring.evm.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.evm.Address;
import io.mooring.evm.Evm;
import io.mooring.evm.Fixtures;
import io.mooring.evm.Fork;
import io.mooring.evm.Hash;
import io.mooring.evm.Limits;
import io.mooring.evm.cli.Engines;
import io.mooring.evm.conformance.AllocJson;
import io.mooring.evm.conformance.GenesisJson;
import io.mooring.evm.rlp.RlpInput;
import io.mooring.evm.state.Code;
import io.mooring.evm.state.MemoryState;
import io.mooring.evm.state.StateChanges;
import io.mooring.evm.transaction.BlobSchedule;
import io.mooring.evm.transaction.TransactionRules;
import io.mooring.evm.trie.InMemoryNodeStore;
import io.mooring.evm.trie.StateTrie;
import io.mooring.evm.witness.Witness;
import io.mooring.evm.witness.WitnessRecorder;
import io.mooring.evm.witness.WitnessReplay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The chain of ethereum/execution-apis, run block by block through all its forks from its genesis
 * file, and again from nothing but each block's witness.
 */
class ChainReplayConformanceTest {
  private static final Evm EVM = Engines.named(Engines.DEFAULT);

  private final JsonNode genesis = Fixtures.json("rpc", "execution-apis/genesis.json");
  private final List<Block> chain = new ArrayList<>();
  private final InMemoryNodeStore nodes = new InMemoryNodeStore();
  private final Map<Hash, Code> codes = new HashMap<>();
  private Hash root = Hash.ZERO;

  private void start() {
    MemoryState alloc = AllocJson.read(genesis.get("alloc"));
    alloc.accounts().values().forEach(held -> keep(alloc.code(held.codeHash())));
    root = AllocJson.trie(alloc, nodes).commit();
    chain.add(GenesisJson.read(genesis, Fork.HOMESTEAD).block());
  }

  private void keep(Code code) {
    codes.put(code.hash(), code);
  }

  private static List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    RlpInput input = RlpInput.of(Fixtures.bytes("rpc", "execution-apis/chain.rlp"));
    while (input.hasNext()) {
      Block block = Block.read(input);
      if (block.header().number() > 0) {
        blocks.add(block);
      }
    }
    return blocks;
  }

  /** Where a fork begins is in the genesis file by block number until Paris, then by time. */
  private TransactionRules rules(BlockHeader header) {
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

  @Test
  void comesToTheRootsOfEveryBlockAndAgainFromItsWitnessAlone() {
    start();
    Address deposits =
        Address.fromHex(genesis.get("config").get("depositContractAddress").asText());
    int parts = 0;
    for (Block block : blocks()) {
      Block parent = chain.getLast();
      TransactionRules rules = rules(block.header());
      new HeaderRules(rules).check(block, parent, this::find);
      BlockReplay replay = new BlockReplay(EVM, rules, deposits);
      WitnessRecorder recorder =
          new WitnessRecorder(
              StateTrie.open(parent.header().stateRoot(), nodes),
              hash -> Optional.ofNullable(codes.get(hash)).orElseThrow(),
              number -> chain.get((int) number).header(),
              parent.header());

      StateChanges changes =
          replay.run(block, recorder.hashes(), recorder.source(), recorder.trie()).changes();

      Witness witness = recorder.witness();
      WitnessReplay alone = new WitnessReplay(replay);
      assertEquals(new WitnessReplay.Verdict.Holds(), alone.verify(block, witness));
      parts += assertEachPartIsNeeded(alone, block, witness);

      changes.codes().values().forEach(this::keep);
      StateTrie trie = StateTrie.open(root, nodes);
      trie.apply(changes);
      root = trie.commit();
      assertEquals(block.header().stateRoot(), root);
      chain.add(block);
    }
    System.out.println(
        "chain.rlp: "
            + (chain.size() - 1)
            + " blocks run, "
            + parts
            + " witness parts each needed");
    assertTrue(parts > 0);
  }

  private Optional<Block> find(Hash hash) {
    return chain.stream().filter(block -> block.header().hash().equals(hash)).findFirst();
  }

  private static int assertEachPartIsNeeded(WitnessReplay alone, Block block, Witness witness) {
    for (int i = 0; i < witness.state().size(); i++) {
      Witness less = new Witness(without(witness.state(), i), witness.codes(), witness.headers());
      assertInstanceOf(
          WitnessReplay.Verdict.Fails.class, alone.verify(block, less), "without node " + i);
    }
    for (int i = 0; i < witness.codes().size(); i++) {
      Witness less = new Witness(witness.state(), without(witness.codes(), i), witness.headers());
      assertInstanceOf(
          WitnessReplay.Verdict.Fails.class, alone.verify(block, less), "without code " + i);
    }
    for (int i = 0; i < witness.headers().size(); i++) {
      Witness less = new Witness(witness.state(), witness.codes(), without(witness.headers(), i));
      assertInstanceOf(
          WitnessReplay.Verdict.Fails.class, alone.verify(block, less), "without header " + i);
    }
    return witness.state().size() + witness.codes().size() + witness.headers().size();
  }

  private static List<byte[]> without(List<byte[]> parts, int index) {
    List<byte[]> fewer = new ArrayList<>(parts);
    fewer.remove(index);
    return fewer;
  }
}
