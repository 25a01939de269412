package io.mooring.evm.transaction;

import io.mooring.evm.Address;
import io.mooring.evm.U256;
import io.mooring.evm.rlp.RlpInput;
import io.mooring.evm.rlp.RlpOutput;
import java.util.ArrayList;
import java.util.List;

/** An account and slots of it that a transaction warms before it starts (EIP-2930). */
public record AccessListEntry(Address address, List<U256> storageKeys) {
  public AccessListEntry {
    storageKeys = List.copyOf(storageKeys);
  }

  static List<AccessListEntry> readAll(RlpInput input) {
    List<AccessListEntry> entries = new ArrayList<>();
    for (RlpInput list = input.list(); list.hasNext(); ) {
      RlpInput fields = list.list();
      Address address = fields.address();
      List<U256> keys = new ArrayList<>();
      for (RlpInput slots = fields.list(); slots.hasNext(); ) {
        keys.add(U256.of(slots.bytes(U256.BYTES)));
      }
      fields.end();
      entries.add(new AccessListEntry(address, keys));
    }
    return entries;
  }

  static void writeAll(List<AccessListEntry> entries, RlpOutput output) {
    output.startList();
    for (AccessListEntry entry : entries) {
      output.startList().address(entry.address).startList();
      entry.storageKeys.forEach(key -> output.bytes(key.bytes()));
      output.endList().endList();
    }
    output.endList();
  }
}
