package io.mooring.contracts.build;

import io.mooring.contracts.block.BlockRecord;
import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.ChainFacts;
import io.mooring.evm.Address;
import io.mooring.evm.Fork;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.block.Block;
import io.mooring.evm.block.Genesis;
import io.mooring.evm.state.AccountState;
import io.mooring.evm.state.Code;
import io.mooring.evm.state.StateChanges;
import io.mooring.evm.state.StateChanges.AccountChange;
import io.mooring.evm.trie.NodeStore;
import io.mooring.evm.trie.StateTrie;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a chain begins: what it is, and the accounts that are there before its first transaction.
 *
 * @param changes the write-set that makes the first state out of none
 */
public record ChainGenesis(ChainFacts facts, StateChanges changes, ChainBlock block) {
  /** The commit of a chain's ledger that carries the genesis; that of block n follows n later. */
  public static final long COMMIT = 1;

  /** One account that is there from the beginning. */
  public record Allotment(U256 balance, long nonce, byte[] code, SortedMap<U256, U256> storage) {
    public static Allotment of(U256 balance) {
      return new Allotment(balance, 0, new byte[0], new TreeMap<>());
    }
  }

  /** Contracts that the protocol itself calls, since the fork that brought them. */
  private enum SystemContract {
    BEACON_ROOTS(
        Fork.CANCUN,
        "000f3df6d732807ef1319fb7b8bb8522d0beac02",
        "3373fffffffffffffffffffffffffffffffffffffffe14604d57602036146024575f5ffd5b5f358015604957"
            + "62001fff810690815414603c575f5ffd5b62001fff01545f5260205ff35b5f5ffd5b62001fff420642"
            + "81555f359062001fff015500"),
    BLOCK_HASHES(
        Fork.PRAGUE,
        "0000f90827f1c53a10cb7a02335b175320002935",
        "3373fffffffffffffffffffffffffffffffffffffffe14604657602036036042575f35600143038111604257"
            + "611fff81430311604257611fff9006545f5260205ff35b5f5ffd5b5f35611fff60014303065500"),
    WITHDRAWAL_REQUESTS(
        Fork.PRAGUE,
        "00000961ef480eb55e80d19ad83579a64c007002",
        "3373fffffffffffffffffffffffffffffffffffffffe1460cb5760115f54807fffffffffffffffffffff"
            + "ffffffffffffffffffffffffffffffffffffffffffff146101f457600182026001905f5b5f8211156068"
            + "5781019083028483029004916001019190604d565b909390049250505036603814608857366101f45734"
            + "6101f4575f5260205ff35b34106101f45760015460010160015560035480600302600401338155600101"
            + "5f35815560010160203590553360601b5f5260385f601437604c5fa0600101600355005b600354600254"
            + "8082038060101160df575060105b5f5b8181146101835782810160030260040181604c02815460601b81"
            + "52601401816001015481526020019060020154807fffffffffffffffffffffffffffffffff0000000000"
            + "0000000000000000000000168252906010019060401c908160381c81600701538160301c816006015381"
            + "60281c81600501538160201c81600401538160181c81600301538160101c81600201538160081c816001"
            + "01535360010160e1565b910180921461019557906002556101a0565b90505f6002555f6003555b5f5480"
            + "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff14156101cd57505f5b"
            + "6001546002828201116101e25750505f6101e8565b01600290035b5f555f600155604c025ff35b5f5ffd"),
    CONSOLIDATION_REQUESTS(
        Fork.PRAGUE,
        "0000bbddc7ce488642fb579f8b00f3a590007251",
        "3373fffffffffffffffffffffffffffffffffffffffe1460d35760115f54807fffffffffffffffffffff"
            + "ffffffffffffffffffffffffffffffffffffffffffff1461019a57600182026001905f5b5f8211156068"
            + "5781019083028483029004916001019190604d565b9093900492505050366060146088573661019a5734"
            + "61019a575f5260205ff35b341061019a5760015460010160015560035480600402600401338155600101"
            + "5f358155600101602035815560010160403590553360601b5f5260605f60143760745fa0600101600355"
            + "005b6003546002548082038060021160e7575060025b5f5b818114610129578281016004026004018160"
            + "7402815460601b8152601401816001015481526020018160020154815260200190600301549052600101"
            + "60e9565b910180921461013b5790600255610146565b90505f6002555f6003555b5f54807fffffffffff"
            + "ffffffffffffffffffffffffffffffffffffffffffffffffffffff141561017357505f5b600154600182"
            + "8201116101885750505f61018e565b01600190035b5f555f6001556074025ff35b5f5ffd");

    private final Fork since;
    private final Address address;
    private final byte[] code;

    SystemContract(Fork since, String address, String code) {
      this.since = since;
      this.address = Address.fromHex(address);
      this.code = HexFormat.of().parseHex(code);
    }
  }

  /** Whether an account is one of the contracts that the protocol itself calls. */
  static boolean isOfTheProtocol(Address address) {
    return Arrays.stream(SystemContract.values()).anyMatch(own -> own.address.equals(address));
  }

  public static ChainGenesis of(
      ChainFacts facts, Map<Address, Allotment> alloc, long createdMillis) {
    SortedMap<Address, Allotment> all = new TreeMap<>();
    long timestamp = createdMillis / 1_000;
    Fork fork = facts.forks().at(0, timestamp);
    for (SystemContract system : SystemContract.values()) {
      // Later forks find their contracts there, for nobody could deploy them then.
      all.put(system.address, new Allotment(U256.ZERO, 1, system.code, new TreeMap<>()));
    }
    all.putAll(alloc);

    SortedMap<Address, AccountChange> accounts = new TreeMap<>();
    SortedMap<Hash, Code> codes = new TreeMap<>();
    all.forEach(
        (address, allotment) -> {
          Code code = Code.of(allotment.code());
          if (!code.isEmpty()) {
            codes.put(code.hash(), code);
          }
          accounts.put(
              address,
              new AccountChange.Written(
                  new AccountState(allotment.nonce(), allotment.balance(), code.hash()),
                  false,
                  allotment.storage()));
        });
    StateChanges changes = new StateChanges(accounts, codes);
    StateTrie trie = StateTrie.empty(NodeStore.NONE);
    trie.apply(changes);
    Block block = block(facts, fork, trie.root(), timestamp);
    return new ChainGenesis(
        facts,
        changes,
        BlockRecord.chainBlock(block, List.of(), List.of(), createdMillis, block.encode().length));
  }

  private static Block block(ChainFacts facts, Fork fork, Hash stateRoot, long timestamp) {
    Genesis usual = Genesis.of(fork, stateRoot, facts.gasLimit(), timestamp);
    return new Genesis(
            usual.fork(),
            usual.parentHash(),
            usual.coinbase(),
            usual.stateRoot(),
            usual.difficulty(),
            usual.gasLimit(),
            usual.timestamp(),
            usual.extraData(),
            usual.mixHash(),
            usual.nonce(),
            facts.baseFee(),
            0,
            0)
        .block();
  }
}
