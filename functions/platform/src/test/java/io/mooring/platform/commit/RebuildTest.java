package io.mooring.platform.commit;

import static io.mooring.platform.commit.Bed.ACME;
import static io.mooring.platform.commit.Bed.LEDGER;
import static io.mooring.platform.commit.Bed.body;
import static io.mooring.platform.commit.Bed.key;
import static io.mooring.platform.commit.Bed.won;
import static io.mooring.platform.commit.Bed.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.mooring.platform.LedgerId;
import io.mooring.platform.table.DerivedItems.Derived;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RebuildTest {
  private final Bed bed = new Bed();
  private final LastEntry lastEntry = new LastEntry();
  private final Stores stores = new Stores(bed.store, bed.blobs, bed.store, List.of(lastEntry));

  @Test
  void everythingDerivedComesBackByteForByte() throws Exception {
    GroupCommitter committer =
        GroupCommitter.racing(stores, Rules.standard(), bed.pace(), new Random());
    for (int i = 0; i < 50; i++) {
      Key member = Key.of(ACME, "MEMBER", "usr_" + i % 7);
      Item now = bed.store.get(member);
      Effect effect = i % 5 == 4 ? Effect.delete(now) : Effect.put(now, ("change " + i).getBytes());
      won(committer.commit(write("change " + i).effect(effect).once(key("k" + i), body("b" + i))));
    }
    awaitDerived(50);
    Map<Key, Derived> before = bed.store.items();
    assertEquals(50, before.keySet().stream().filter(RebuildTest::isIndex).count());

    bed.store.delete(before.keySet());
    assertNotEquals(before, bed.store.items());
    assertEquals(50, new Rebuild(stores, bed.pace()).rebuild(LEDGER));

    assertEquals(before, bed.store.items());
    assertInstanceOf(
        Outcome.Replayed.class,
        bed.committer().commit(write("change 3").once(key("k3"), body("b3"))));
    bed.checked();
  }

  @Test
  void aProcessThatStartsAfterADeadOneDerivesWhatThatOneDidNot() throws Exception {
    for (int i = 0; i < 40; i++) {
      won(bed.committer().commit(write("by a process that derives no last entry " + i)));
    }
    won(
        GroupCommitter.racing(stores, Rules.standard(), bed.pace(), new Random())
            .commit(write("by one that does")));
    awaitDerived(41);
    assertEquals(40, bed.store.get(lastEntry.key()).version() - 1);
  }

  @Test
  void whatADeadProcessDidNotDeriveIsCaughtUpWithoutACommit() throws Exception {
    for (int i = 0; i < 40; i++) {
      won(bed.committer().commit(write("by a process that derives no last entry " + i)));
    }
    assertEquals(40, new CatchUp(stores).catchUp(LEDGER));
    assertEquals(40, bed.store.get(lastEntry.key()).version());
    assertEquals(40, stores.heads().last(LEDGER).orElseThrow().commit());
    assertEquals(40, new CatchUp(stores).catchUp(LEDGER));
    assertEquals(0, new CatchUp(stores).catchUp(new LedgerId(ACME, "led_nothing")));
  }

  private void awaitDerived(long commit) throws InterruptedException {
    Watermarks watermarks = new Watermarks(bed.store);
    for (int i = 0; watermarks.read(LEDGER, lastEntry.name()) != commit; i++) {
      if (i == 500) {
        throw new AssertionError("commit " + commit + " was not derived");
      }
      Thread.sleep(20);
    }
  }

  private static boolean isIndex(Key key) {
    return key.sort().startsWith("I#");
  }

  /** The smallest thing that can be derived: which commit came last. */
  private final class LastEntry implements Derivation {
    private final List<Long> seen = new ArrayList<>();

    Key key() {
      return Key.of(LEDGER, "LAST");
    }

    @Override
    public String name() {
      return "last";
    }

    @Override
    public void derive(LedgerId ledger, List<CarriedCommit> commits) {
      for (CarriedCommit carried : commits) {
        long number = carried.commit().number();
        assertEquals(seen.isEmpty() || number == 1 ? 1 : seen.getLast() + 1, number);
        seen.add(number);
        byte[] leaf = carried.body().manifest().leaves().getLast().bytes();
        bed.store.put(List.of(new Derived(new Item(key(), number, leaf), Derived.NEVER)));
      }
    }
  }
}
