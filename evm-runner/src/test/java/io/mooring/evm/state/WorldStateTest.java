package io.mooring.evm.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.evm.Address;
import io.mooring.evm.Fork;
import io.mooring.evm.Log;
import io.mooring.evm.U256;
import io.mooring.evm.state.StateChanges.AccountChange;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorldStateTest {
  private static final Address ALICE = new Address(0, 0, 0xa11ce);
  private static final Address BOB = new Address(0, 0, 0xb0b);
  private static final U256 KEY = U256.of(7);

  private final MemoryState source =
      new MemoryState()
          .put(ALICE, 1, U256.of(100), Code.of(new byte[] {1}))
          .putStorage(ALICE, KEY, U256.of(5));
  private final WorldState world = new WorldState(source);

  @Test
  void revertsEverythingWrittenSinceTheSnapshot() {
    world.beginTransaction();
    int snapshot = world.snapshot();
    Account alice = world.account(ALICE);
    world.debit(ALICE, U256.of(30));
    world.credit(BOB, U256.of(30));
    world.setNonce(ALICE, 2);
    world.setCode(BOB, Code.of(new byte[] {2}));
    world.set(world.slot(alice, 0, 0, 0, 7), U256.of(6));
    world.warm(ALICE);
    world.warm(ALICE, KEY);
    world.markCreated(world.account(BOB));
    world.destruct(alice);
    world.log(new Log(ALICE, List.of(), new byte[0]));
    world.refund(10);

    world.revertTo(snapshot);

    assertTrue(world.changes().isEmpty());
    assertEquals(0, world.refund());
    assertEquals(List.of(), world.logs());
    assertEquals(0, world.createdCount());
    assertTrue(world.warm(ALICE));
    assertTrue(world.warm(ALICE, KEY));
    world.endTransaction(Fork.NEWEST);
    assertTrue(world.changes().isEmpty());
  }

  @Test
  void whatOneTransactionLeavesIsTheOriginalOfTheNext() {
    world.beginTransaction();
    Slot slot = world.slot(world.account(ALICE), 0, 0, 0, 7);
    world.warm(slot);
    world.set(slot, U256.of(6));
    world.endTransaction(Fork.NEWEST);

    world.beginTransaction();
    Slot again = world.slot(world.account(ALICE), 0, 0, 0, 7);

    assertEquals(U256.of(6), again.original());
    assertTrue(world.warm(again), "warmth ends with the transaction");
  }

  @Test
  void transientStorageEndsWithItsTransaction() {
    world.beginTransaction();
    world.set(world.transientSlot(world.account(ALICE), 0, 0, 0, 1), U256.ONE);
    world.endTransaction(Fork.NEWEST);

    world.beginTransaction();

    assertEquals(U256.ZERO, world.transientSlot(world.account(ALICE), 0, 0, 0, 1).current());
    assertTrue(world.changes().isEmpty());
  }

  @Test
  void anAccountMadeAgainHasNothingOfItsFormerStorage() {
    world.beginTransaction();
    world.destruct(world.account(ALICE));
    world.endTransaction(Fork.LONDON);
    world.beginTransaction();
    world.credit(ALICE, U256.ONE);

    assertEquals(U256.ZERO, world.storage(ALICE, KEY));
    source.apply(world.changes());
    assertFalse(source.hasStorage(ALICE));
    assertEquals(U256.ONE, source.accounts().get(ALICE).balance());
  }

  @Test
  void touchedEmptyAccountsGoOnlySinceSpuriousDragon() {
    world.beginTransaction();
    world.credit(BOB, U256.ZERO);
    world.endTransaction(Fork.HOMESTEAD);
    assertTrue(world.changes().accounts().get(BOB) instanceof AccountChange.Written);

    world.beginTransaction();
    world.credit(BOB, U256.ZERO);
    world.endTransaction(Fork.SPURIOUS_DRAGON);
    assertTrue(world.changes().isEmpty());
  }

  @Test
  void aSlotPutBackIsNoChange() {
    world.beginTransaction();
    Slot slot = world.slot(world.account(ALICE), 0, 0, 0, 7);
    world.set(slot, U256.of(6));
    world.set(slot, U256.of(5));

    assertTrue(world.changes().isEmpty());
  }
}
