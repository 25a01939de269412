package io.mooring.contracts.block;

import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.rlp.MalformedRlp;
import io.mooring.evm.rlp.RlpInput;
import io.mooring.evm.rlp.RlpOutput;
import io.mooring.evm.state.AccountState;
import io.mooring.evm.state.Code;
import io.mooring.evm.state.StateChanges;
import io.mooring.evm.state.StateChanges.AccountChange;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The encoding of a write-set, in the order of addresses, slots and code hashes.
 *
 * <pre>
 * [ [ [address] | [address, nonce, balance, code hash, cleared, [[slot, value], …]], … ], [code, …] ]
 * </pre>
 *
 * An account of which nothing but the address stands is gone.
 */
final class WriteSet {
  private WriteSet() {}

  static byte[] encode(StateChanges changes) {
    RlpOutput output = new RlpOutput().startList().startList();
    changes.accounts().forEach((address, change) -> write(output, address, change));
    output.endList().startList();
    changes.codes().values().forEach(code -> output.bytes(code.bytes()));
    return output.endList().endList().toBytes();
  }

  private static void write(RlpOutput output, Address address, AccountChange change) {
    output.startList().address(address);
    switch (change) {
      case AccountChange.Deleted deleted -> {}
      case AccountChange.Written written -> {
        AccountState after = written.after();
        output
            .number(after.nonce())
            .number(after.balance())
            .bytes(after.codeHash().bytes())
            .number(written.storageCleared() ? 1 : 0)
            .startList();
        written
            .storage()
            .forEach((slot, value) -> output.startList().number(slot).number(value).endList());
        output.endList();
      }
    }
    output.endList();
  }

  /**
   * @throws MalformedRlp if this is not the encoding of a write-set
   */
  static StateChanges decode(byte[] encoded) {
    RlpInput whole = RlpInput.ofList(encoded);
    SortedMap<Address, AccountChange> accounts = new TreeMap<>();
    for (RlpInput list = whole.list(); list.hasNext(); ) {
      RlpInput in = list.list();
      Address address = in.address();
      accounts.put(address, in.hasNext() ? written(in) : new AccountChange.Deleted());
      in.end();
    }
    SortedMap<Hash, Code> codes = new TreeMap<>();
    for (RlpInput list = whole.list(); list.hasNext(); ) {
      Code code = Code.of(list.bytes());
      codes.put(code.hash(), code);
    }
    whole.end();
    return new StateChanges(accounts, codes);
  }

  private static AccountChange written(RlpInput in) {
    AccountState after = new AccountState(in.number(), in.u256(), Hash.of(in.bytes(Hash.BYTES)));
    boolean cleared = in.number() == 1;
    SortedMap<U256, U256> storage = new TreeMap<>();
    for (RlpInput list = in.list(); list.hasNext(); ) {
      RlpInput slot = list.list();
      storage.put(slot.u256(), slot.u256());
      slot.end();
    }
    return new AccountChange.Written(after, cleared, storage);
  }
}
