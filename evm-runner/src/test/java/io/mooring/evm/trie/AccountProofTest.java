package io.mooring.evm.trie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.conformance.AllocJson;
import io.mooring.evm.state.Code;
import io.mooring.evm.state.MemoryState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccountProofTest {
  private static final Address CONTRACT = Address.fromHex("11".repeat(20));
  private static final Address NOBODY = Address.fromHex("22".repeat(20));
  private static final U256 SET = U256.of(7);
  private static final U256 UNSET = U256.of(8);

  private final InMemoryNodeStore store = new InMemoryNodeStore();
  private final Hash root = AllocJson.trie(state(), store).commit();
  private final StateTrie trie = StateTrie.open(root, store);

  private static MemoryState state() {
    MemoryState state = new MemoryState();
    for (int i = 1; i < 100; i++) {
      state.put(Address.of(U256.of(i)), i, U256.of(1_000L * i), Code.NONE);
    }
    return state
        .put(CONTRACT, 1, U256.ONE, Code.of(new byte[] {0x00}))
        .putStorage(CONTRACT, SET, U256.of(42))
        .putStorage(CONTRACT, U256.of(9), U256.of(43));
  }

  @Test
  void showsAnAccountWithSlotsThatAreThereAndSlotsThatAreNot() {
    AccountProof proof = trie.proof(CONTRACT, List.of(SET, UNSET));
    AccountProof.Verdict.Present present =
        assertInstanceOf(AccountProof.Verdict.Present.class, proof.verify(root));
    assertEquals(U256.ONE, present.account().balance());
    assertEquals(Map.of(SET, U256.of(42), UNSET, U256.ZERO), present.slots());
  }

  @Test
  void showsThatAnAccountIsNotThere() {
    assertEquals(new AccountProof.Verdict.Absent(), trie.proof(NOBODY, List.of(SET)).verify(root));
  }

  @Test
  void holdsUnderNoOtherRoot() {
    assertInstanceOf(
        AccountProof.Verdict.Invalid.class,
        trie.proof(CONTRACT, List.of(SET)).verify(MerkleTrie.EMPTY_ROOT));
  }

  @Test
  void doesNotTakeOneAccountsSlotForAnothers() {
    AccountProof proof = trie.proof(CONTRACT, List.of(SET));
    Address other = Address.of(U256.of(5));
    AccountProof swapped =
        new AccountProof(other, trie.proof(other, List.of()).account(), proof.storage());
    assertInstanceOf(AccountProof.Verdict.Invalid.class, swapped.verify(root));
  }

  @Test
  void readsTheSameStateFromTheTrieAsWentIn() {
    TrieState read = new TrieState(trie, hash -> Code.of(new byte[] {0x00}));
    MemoryState state = state();
    state
        .accounts()
        .forEach((address, account) -> assertEquals(account, read.account(address).orElseThrow()));
    assertEquals(U256.of(42), read.storage(CONTRACT, SET));
    assertEquals(true, read.hasStorage(CONTRACT));
    assertEquals(false, read.hasStorage(NOBODY));
  }
}
