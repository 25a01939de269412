package io.mooring.contracts.build;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.contracts.state.NodeCache;
import io.mooring.contracts.state.StateStore;
import io.mooring.evm.Hash;
import io.mooring.evm.trie.StateTrie;
import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is stored of a chain's state: how it is read, and how it is cut off. */
class DerivedStateTest {
  private static final int SEALED = 3 * StateStore.SEAL_BLOCKS;

  private final World world = new World();
  private Hash root = Hash.ZERO;

  @BeforeEach
  void threeRuns() {
    try (LedgerChain chain = world.process()) {
      for (int nonce = 0; chain.latest().number() < SEALED; nonce++) {
        World.send(chain, World.pay(1 + nonce % 50, nonce / 50, World.address(60 + nonce), 1));
      }
      world.awaitSealed(SEALED);
      root = chain.latest().header().stateRoot();
    }
  }

  /** The ledger has the genesis, too: so many entries end with the block before. */
  @Test
  void aChainThatIsPutBackKeepsTheRunsOfTheBlocksThatItHas() {
    long[][] kept = {
      {SEALED + 1, 192}, {SEALED, 128}, {150, 128}, {129, 128}, {128, 64}, {65, 64}, {64, 0}, {1, 0}
    };
    for (long[] row : kept) {
      StateStore.cutOff(world.blobs, World.LEDGER, row[0]);

      String blocks = row[0] + " entries";
      assertEquals(row[1], store(world.blobs).open(), blocks);
      assertEquals(2 * row[1] / StateStore.SEAL_BLOCKS, runObjects().size(), blocks);
    }
  }

  @Test
  void theRunsOfAnotherChainStayWhenOneIsPutBack() {
    BlobName others = BlobName.chain(new LedgerId(World.LEDGER.tenant(), "led_chain2"), "run/1");
    world.blobs.create(others, new byte[] {1});

    StateStore.cutOff(world.blobs, World.LEDGER, 1);

    assertTrue(world.blobs.get(others).isPresent());
  }

  @Test
  void eachPageIsAskedOfTheBlobStoreOnceHoweverLittleIsHeldInMemory() {
    FaultyStores counting = FaultyStores.healthy(world);
    StateStore store = store(counting);
    store.open();
    int opening = counting.calls();

    readAll(store);

    int pages = counting.calls() - opening;
    assertTrue(pages > 3 && pages < 40, pages + " requests for three runs of a few pages each");
    readAll(store);
    assertEquals(opening + pages, counting.calls());
  }

  @Test
  void whatWasReadDamagedIsReadAgainOnceItIsMended() {
    BlobName part = BlobName.chain(World.LEDGER, "run/%020d/part/0".formatted(SEALED));
    byte[] sound = world.blobs.get(part).orElseThrow();
    world.blobs.replace(part, new byte[sound.length]);
    StateStore store = store(world.blobs);
    store.open();
    assertThrows(RuntimeException.class, () -> readAll(store));
    world.blobs.replace(part, sound);

    store.forgetRead();

    readAll(store);
    assertArrayEquals(sound, world.blobs.get(part).orElseThrow());
  }

  private void readAll(StateStore store) {
    StateTrie trie = StateTrie.open(root, store);
    for (int nonce = 0; nonce < SEALED; nonce++) {
      assertTrue(trie.account(World.address(60 + nonce)).isPresent(), "account " + nonce);
    }
  }

  /** A store that holds next to nothing in memory. */
  private StateStore store(Blobs blobs) {
    return new StateStore(
        World.LEDGER, blobs, world.store, new NodeCache(1, World.pageFiles()), Runnable::run);
  }

  private List<Blobs.Listed> runObjects() {
    return world.blobs.list(BlobName.chain(World.LEDGER, "run/").value(), "");
  }
}
