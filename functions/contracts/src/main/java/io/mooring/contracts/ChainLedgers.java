package io.mooring.contracts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.contracts.build.ChainGenesis;
import io.mooring.ledgers.Kind;
import io.mooring.ledgers.Ledger;
import io.mooring.ledgers.LedgerKind;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.problem.RefusedException;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Table;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.random.RandomGenerator;

/**
 * What makes a ledger a chain: a chain id that no other chain of the deployment has, and a genesis
 * block in its first entry.
 *
 * <pre>
 * pk                  sk                              body
 * T#ten_acme#         CHAIN#led_1#                    how it begins, as JSON
 * T#ten_operator#     CHAINID#0000000000000077001#    ten_acme/led_1
 * </pre>
 */
public final class ChainLedgers implements LedgerKind {
  static final int REMEMBERED_MAX = 1_000;

  /** Chain ids that are given out begin here, above those of public chains, and end in 2^52. */
  private static final long CHAIN_ID_FIRST = 1L << 40;

  private static final long CHAIN_ID_LAST = 1L << 52;

  private final Table table;
  private final RandomGenerator random;
  private final String url;
  private final ConcurrentMap<LedgerId, ChainGenesis> remembered = new ConcurrentHashMap<>();

  private final Derived derived;

  /** What is derived from a chain's blocks, beside the chain itself. */
  public interface Derived {
    /** Derives it again; how many objects that makes. */
    long rebuild(Ledger ledger);

    /** Deletes what was derived from blocks that the chain does not have. */
    void cutOff(Ledger ledger, long blocks);
  }

  public ChainLedgers(Table table, RandomGenerator random, String url, Derived derived) {
    this.derived = derived;
    this.table = table;
    this.random = random;
    this.url = url;
  }

  @Override
  public Kind kind() {
    return Kind.EVM;
  }

  @Override
  public List<Effect> plan(LedgerId id, String details, long createdMillis) {
    NewChain chain = NewChain.asked(details, () -> random.nextLong(CHAIN_ID_FIRST, CHAIN_ID_LAST));
    Key chainId = chainIdKey(chain.chainId());
    if (table.get(chainId).exists()) {
      throw new RefusedException(
          ContractRefusal.CHAIN_ID_TAKEN, "chain id " + chain.chainId() + " is taken");
    }
    byte[] owner = (id.tenant() + "/" + id.value()).getBytes(StandardCharsets.UTF_8);
    return List.of(Effect.create(chainId, owner), Effect.create(chainKey(id), chain.toBytes()));
  }

  @Override
  public Map<String, byte[]> genesis(Ledger ledger) {
    ChainGenesis genesis = genesisOf(ledger);
    ObjectNode json = kept(ledger).json();
    json.put("genesisHash", genesis.block().hash().toString());
    json.put("genesis", "0x" + HexFormat.of().formatHex(genesis.block().block().encode()));
    return Map.of("evm", json.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Map<String, byte[]> shown(Ledger ledger) {
    ChainGenesis genesis = genesisOf(ledger);
    Map<String, byte[]> shown = new TreeMap<>();
    shown.put("chainId", json(Long.toString(genesis.facts().chainId())));
    shown.put("chain", json('"' + genesis.facts().caip2() + '"'));
    shown.put("genesisHash", json('"' + genesis.block().hash().toString() + '"'));
    shown.put("rpcUrl", json('"' + url + "/v1/ledgers/" + ledger.id().value() + "/rpc\""));
    return shown;
  }

  @Override
  public long rebuild(Ledger ledger) {
    return derived.rebuild(ledger);
  }

  @Override
  public void cutOff(Ledger ledger, long size) {
    derived.cutOff(ledger, size);
  }

  /** How a chain begins; it never changes. */
  ChainGenesis genesisOf(Ledger ledger) {
    ChainGenesis known = remembered.get(ledger.id());
    if (known != null) {
      return known;
    }
    ChainGenesis genesis = kept(ledger).genesis(ledger.id(), ledger.createdMillis());
    if (remembered.size() >= REMEMBERED_MAX) {
      remembered.clear(); // all of it can be read again
    }
    remembered.put(ledger.id(), genesis);
    return genesis;
  }

  private NewChain kept(Ledger ledger) {
    if (ledger.kind() != Kind.EVM) {
      throw new RefusedException(
          ContractRefusal.NOT_A_CHAIN, "the ledger is of kind " + ledger.kind().word());
    }
    Item item = table.get(chainKey(ledger.id()));
    if (!item.exists()) {
      throw new IllegalStateException("nothing says how chain " + ledger.id().value() + " begins");
    }
    return NewChain.kept(item.body());
  }

  private static byte[] json(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Key chainKey(LedgerId id) {
    return Key.of(id.tenant(), "CHAIN", id.value());
  }

  private static Key chainIdKey(long chainId) {
    return Key.of(TenantId.OPERATOR, "CHAINID", "%019d".formatted(chainId));
  }
}
