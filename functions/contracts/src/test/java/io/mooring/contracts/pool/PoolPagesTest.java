package io.mooring.contracts.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.contracts.chain.Sending;
import io.mooring.contracts.chain.Submission;
import io.mooring.contracts.pool.PoolPages.Fate;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.crypto.Secp256k1;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.evm.transaction.Transaction;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.InMemoryStore;
import io.mooring.platform.table.DerivedItems;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Prefix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolPagesTest {
  private static final LedgerId LEDGER = new LedgerId(new TenantId("ten_acme"), "led_chain");

  private final InMemoryStore store = new InMemoryStore();
  private Runnable beforePut = () -> {};
  private final List<Runnable> tasks = new ArrayList<>();
  private final PoolPages pages = pages();

  private PoolPages pages() {
    int[] number = {0};
    return new PoolPages(LEDGER, slowly(), store, tasks::add, () -> "pag_" + ++number[0]);
  }

  /** The store, before whose next write something else may happen. */
  private DerivedItems slowly() {
    return new DerivedItems() {
      @Override
      public void put(Collection<Derived> derived) {
        beforePut.run();
        store.put(derived);
      }

      @Override
      public List<Derived> get(Collection<Key> keys) {
        return store.get(keys);
      }

      @Override
      public void delete(Collection<Key> keys) {
        store.delete(keys);
      }
    };
  }

  private void work() {
    while (!tasks.isEmpty()) {
      tasks.removeFirst().run();
    }
  }

  private int stored() {
    return store.first(Prefix.of(LEDGER, "POOL"), 100).items().size();
  }

  private static Pooled pooled(long nonce) {
    Transaction content =
        new Transaction.DynamicFee(
            1,
            nonce,
            U256.ZERO,
            U256.ZERO,
            21_000,
            Address.ZERO,
            U256.ZERO,
            new byte[0],
            List.of());
    SignedTransaction signed =
        new SignedTransaction(
            content, Secp256k1.fastest().sign(content.signingHash().bytes(), U256.of(1).bytes()));
    return new Pooled(
        signed, signed.hash(), Address.ZERO, Sending.of(signed.encode(), "key_1"), nonce);
  }

  @Test
  void whoeverIsOnAPageHearsThatItStandsThere() {
    Pooled one = pooled(1);

    pages.offer(List.of(one));
    assertFalse(one.answer().isDone());
    work();

    assertEquals(new Submission.Accepted(one.hash()), one.answer().join());
    assertEquals("pag_1", one.page());
  }

  @Test
  void aPageIsThereForAsLongAsOneOfItWaits() {
    Pooled one = pooled(1);
    Pooled other = pooled(2);
    pages.offer(List.of(one, other));
    work();

    pages.over(List.of(one));
    pages.over(List.of(one)); // the builder and the page's writer may both have seen its end
    work();
    assertEquals(1, stored());

    pages.over(List.of(other));
    work();
    assertEquals(0, stored());
  }

  @Test
  void whatABlockHadFirstDoesNotKeepItsPage() {
    Pooled one = pooled(1);
    pages.offer(List.of(one));
    one.answer().complete(new Submission.Accepted(one.hash()));
    work();

    assertEquals(0, stored());
  }

  @Test
  void whatIsOfferedTwiceStandsOnce() {
    Pooled one = pooled(1);
    pages.offer(List.of(one));
    pages.offer(List.of(one));
    work();

    pages.over(List.of(one));
    work();

    assertEquals(0, stored());
  }

  @Test
  void whatABlockHadWhileThePageWasWrittenLeavesNoPage() {
    Pooled one = pooled(1);
    pages.offer(List.of(one));
    Runnable writing = tasks.removeFirst();
    beforePut =
        () -> {
          one.answer().complete(new Submission.Accepted(one.hash()));
          pages.over(List.of(one));
          work(); // so the page is deleted before it is there
        };
    writing.run();
    work();

    assertEquals(0, stored());
  }

  @Test
  void anotherProcessFindsWhatWaitsAndDeletesAPageOfWhichNothingDoes() {
    Pooled waits = pooled(1);
    Pooled over = pooled(2);
    pages.offer(List.of(waits, over));
    work();
    PoolPages others = pages();
    List<Hash> found = new ArrayList<>();

    others.readOthers(
        (sending, page, sinceMillis) -> {
          found.add(Hash.keccak(sending.envelope()));
          assertEquals("key_1", sending.submitter());
          assertEquals("pag_1", page);
          return sinceMillis == 1 ? Fate.WAITS : Fate.OVER;
        });
    work();
    assertEquals(List.of(waits.hash(), over.hash()), found);
    assertEquals(1, stored());

    others.over(List.of(waits));
    work();
    assertTrue(waits.isDurable());
    assertEquals(0, stored());
  }

  @Test
  void aPageOfWhichOneFoundNoPlaceStaysAndIsReadAgain() {
    Pooled waits = pooled(1);
    Pooled later = pooled(2);
    pages.offer(List.of(waits, later));
    work();
    PoolPages others = pages();
    others.readOthers((sending, page, since) -> since == 1 ? Fate.WAITS : Fate.LATER);
    others.over(List.of(waits));
    work();
    assertEquals(1, stored(), "it was acknowledged, and stands nowhere else");

    List<Long> again = new ArrayList<>();
    others.readOthers(
        (sending, page, since) -> {
          again.add(since);
          return since == 1 ? Fate.OVER : Fate.WAITS;
        });

    assertEquals(List.of(1L, 2L), again);
    others.over(List.of(later));
    work();
    assertEquals(0, stored());
  }

  @Test
  void whatTwoProcessesWroteToAPageEachIsOverOnBoth() {
    Pooled mine = pooled(1);
    pages.offer(List.of(mine));
    work();
    PoolPages others = new PoolPages(LEDGER, store, store, tasks::add, () -> "pag_other");
    others.offer(List.of(pooled(1)));
    work();
    assertEquals(2, stored());

    pages.readOthers((sending, page, since) -> Fate.WAITS);
    pages.over(List.of(mine));
    work();

    assertEquals(0, stored());
  }

  @Test
  void whatGaveItsPlaceKeepsItsPageUntilTheOtherIsOver() {
    Pooled first = pooled(1);
    Pooled second = pooled(2);
    pages.offer(List.of(first));
    work();

    pages.replaced(List.of(first), second);
    pages.over(List.of(first));
    work();
    assertEquals(1, stored());

    pages.over(List.of(second));
    work();
    assertEquals(0, stored());
  }
}
