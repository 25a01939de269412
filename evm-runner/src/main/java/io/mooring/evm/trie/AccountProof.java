package io.mooring.evm.trie;

import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.rlp.MalformedRlp;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code eth_getProof} answers: proofs of an account and of slots in its storage (EIP-1186).
 */
public record AccountProof(Address address, TrieProof account, List<Storage> storage) {
  /** The proof of one slot against the account's storage root. */
  public record Storage(U256 slot, TrieProof proof) {}

  /** What the proofs say, taken together. */
  public sealed interface Verdict {
    /**
     * @param slots the values of the slots asked for, zero where they are not there
     */
    record Present(TrieAccount account, SortedMap<U256, U256> slots) implements Verdict {}

    /** There is no such account, and no slot of it. */
    record Absent() implements Verdict {}

    /** The proofs show nothing; {@code reason} names the first check that failed. */
    record Invalid(String reason) implements Verdict {}
  }

  public AccountProof {
    storage = List.copyOf(storage);
  }

  /** Checks everything against a state root, for somebody who trusts only that. */
  public Verdict verify(Hash stateRoot) {
    byte[] key = Hash.keccak(address.bytes()).bytes();
    try {
      return switch (account.verify(stateRoot, key)) {
        case TrieProof.Verdict.Present(byte[] value) -> verify(TrieAccount.decode(value));
        case TrieProof.Verdict.Absent absent -> verifyAbsent();
        case TrieProof.Verdict.Invalid(String reason) -> new Verdict.Invalid("account: " + reason);
      };
    } catch (MalformedRlp malformed) {
      return new Verdict.Invalid("value: " + malformed.getMessage());
    }
  }

  private Verdict verify(TrieAccount held) {
    SortedMap<U256, U256> slots = new TreeMap<>();
    for (Storage slot : storage) {
      byte[] key = Hash.keccak(slot.slot.bytes()).bytes();
      switch (slot.proof.verify(held.storageRoot(), key)) {
        case TrieProof.Verdict.Present(byte[] value) ->
            slots.put(slot.slot, StateTrie.decode(value));
        case TrieProof.Verdict.Absent absent -> slots.put(slot.slot, U256.ZERO);
        case TrieProof.Verdict.Invalid(String reason) -> {
          return new Verdict.Invalid("slot " + slot.slot + ": " + reason);
        }
      }
    }
    return new Verdict.Present(held, slots);
  }

  private Verdict verifyAbsent() {
    for (Storage slot : storage) {
      if (!slot.proof.nodes().isEmpty()) {
        return new Verdict.Invalid("slot " + slot.slot + " of an account that is not there");
      }
    }
    return new Verdict.Absent();
  }
}
