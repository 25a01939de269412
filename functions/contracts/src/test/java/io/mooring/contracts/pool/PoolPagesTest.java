package io.mooring.contracts.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.contracts.chain.Sending;
import io.mooring.contracts.chain.Submission;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.crypto.Secp256k1;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.evm.transaction.Transaction;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.InMemoryStore;
import io.mooring.platform.table.Prefix;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolPagesTest {
  private static final LedgerId LEDGER = new LedgerId(new TenantId("ten_acme"), "led_chain");

  private final InMemoryStore store = new InMemoryStore();
  private final List<Runnable> tasks = new ArrayList<>();
  private final PoolPages pages = pages();

  private PoolPages pages() {
    int[] number = {0};
    return new PoolPages(LEDGER, store, store, tasks::add, () -> "pag_" + ++number[0]);
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
  void anotherProcessFindsWhatWaitsAndDeletesAPageOfWhichNothingDoes() {
    Pooled waits = pooled(1);
    Pooled over = pooled(2);
    pages.offer(List.of(waits, over));
    work();
    PoolPages others = pages();
    List<Hash> found = new ArrayList<>();

    others.readOthers(
        (sending, where) -> {
          found.add(Hash.keccak(sending.envelope()));
          assertEquals("key_1", sending.submitter());
          if (where.sinceMillis() == 1) {
            where.keep();
          }
        });
    work();
    assertEquals(List.of(waits.hash(), over.hash()), found);
    assertEquals(1, stored());

    others.over(List.of(waits));
    work();
    assertTrue(waits.isDurable());
    assertEquals(0, stored());
  }
}
