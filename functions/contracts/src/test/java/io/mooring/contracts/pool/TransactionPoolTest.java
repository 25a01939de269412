package io.mooring.contracts.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.contracts.ContractLimit;
import io.mooring.contracts.chain.Sending;
import io.mooring.contracts.chain.Submission;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.crypto.Signature;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.evm.transaction.Transaction;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransactionPoolTest {
  private static final Address ALICE = Address.fromHex("00000000000000000000000000000000000a11ce");
  private static final Address BOB = Address.fromHex("0000000000000000000000000000000000000b0b");

  private final TransactionPool pool = new TransactionPool();

  /** The pool asks nobody who signed: the signature is any. */
  private static Pooled pooled(Address sender, long nonce, long fee, int dataBytes) {
    Transaction content =
        new Transaction.DynamicFee(
            1,
            nonce,
            U256.of(fee),
            U256.of(fee),
            21_000,
            Address.ZERO,
            U256.ZERO,
            new byte[dataBytes],
            List.of());
    SignedTransaction signed =
        new SignedTransaction(content, new Signature(U256.ONE, sender.word(), 0));
    byte[] envelope = signed.encode();
    return new Pooled(signed, Hash.keccak(envelope), sender, Sending.of(envelope, "key_1"), 1_000);
  }

  private static Pooled pooled(Address sender, long nonce) {
    return pooled(sender, nonce, 0, 0);
  }

  private boolean add(Pooled pooled) {
    return assertInstanceOf(TransactionPool.Admission.Added.class, pool.add(pooled, 0))
        .executable();
  }

  private Submission refused(Pooled pooled) {
    return assertInstanceOf(TransactionPool.Admission.Refused.class, pool.add(pooled, 0)).why();
  }

  @Test
  void whoeverCameFirstGoesFirstAndASendersOwnGoByNonce() {
    Pooled second = pooled(ALICE, 1);
    Pooled other = pooled(BOB, 0);
    Pooled first = pooled(ALICE, 0);

    assertFalse(add(second));
    assertTrue(add(other));
    assertTrue(add(first));

    assertEquals(List.of(other, first, second), pool.next(9));
  }

  @Test
  void whatIsNextStaysUntilABlockHasIt() {
    Pooled first = pooled(ALICE, 0);
    Pooled second = pooled(ALICE, 1);
    Pooled third = pooled(ALICE, 2);
    List.of(first, second, third).forEach(this::add);

    assertEquals(List.of(first, second), pool.next(2));
    assertEquals(List.of(first, second), pool.next(2));
    pool.committed(List.of(first.hash()), List.of(ALICE), sender -> 1);

    assertEquals(2, pool.ready());
    assertEquals(List.of(second, third), pool.next(9));
  }

  @Test
  void whatFollowsOneThatWasDroppedWaitsForItsNonce() {
    Pooled first = pooled(ALICE, 0);
    Pooled second = pooled(ALICE, 1);
    add(first);
    add(second);

    pool.drop(first, new Submission.SenderHasCode(), 0);

    assertEquals(0, pool.ready());
    assertEquals(List.of(), pool.next(9));
    Pooled again = pooled(ALICE, 0, 0, 1);
    assertTrue(add(again));
    assertEquals(List.of(again, second), pool.next(9));
  }

  @Test
  void whereFeesAreNothingWhoeverComesLaterTakesThePlace() {
    Pooled first = pooled(ALICE, 0);
    Pooled second = pooled(ALICE, 0, 0, 1);
    add(first);

    var added = assertInstanceOf(TransactionPool.Admission.Added.class, pool.add(second, 0));

    assertEquals(List.of(first), added.replaced());
    assertInstanceOf(Submission.Underpriced.class, first.answer().join());
    assertEquals(List.of(second), pool.next(9));
  }

  @Test
  void aPlaceIsTakenByTenPercentMoreAndNotByLess() {
    add(pooled(ALICE, 0, 1_000, 0));

    assertEquals(new Submission.Underpriced(U256.of(1_100)), refused(pooled(ALICE, 0, 1_099, 0)));
    assertTrue(add(pooled(ALICE, 0, 1_100, 0)));
  }

  @Test
  void countsAndBytesAreBounded() {
    int perSender = ContractLimit.POOL_SENDER_TRANSACTIONS_MAX.intValue();
    assertEquals(new Submission.NonceTooHigh(perSender, 0), refused(pooled(ALICE, perSender)));

    for (int i = 0; i < ContractLimit.POOL_TRANSACTIONS_MAX.intValue(); i++) {
      add(pooled(new Address(0, 0, i / perSender + 1), i % perSender));
    }
    assertEquals(
        new Submission.PoolFull(ContractLimit.POOL_TRANSACTIONS_MAX.word()),
        refused(pooled(BOB, 0)));
  }

  @Test
  void bytesAreBoundedAndComeBackWithWhatIsOver() {
    int each = 128 * 1024 - 200;
    int many = ContractLimit.POOL_BYTES_MAX.intValue() / (each + 100);
    for (int i = 0; i < many; i++) {
      add(pooled(ALICE, i, 0, each));
    }
    assertEquals(
        new Submission.PoolFull(ContractLimit.POOL_BYTES_MAX.word()),
        refused(pooled(BOB, 0, 0, each)));

    pool.committed(List.of(pool.next(1).getFirst().hash()), List.of(ALICE), sender -> 1);

    assertTrue(add(pooled(BOB, 0, 0, each)));
  }

  @Test
  void whatABlockHasIsOverAndSoIsWhatHadItsNonce() {
    Pooled ours = pooled(ALICE, 0);
    add(ours);

    List<Pooled> over =
        pool.committed(List.of(Hash.keccak(new byte[] {1})), List.of(ALICE), sender -> 1);

    assertEquals(List.of(ours), over);
    assertEquals(new Submission.NonceTooLow(0, 1), ours.answer().join());
    assertTrue(pool.isEmpty());
  }

  @Test
  void whatWaitsTooLongExpires() {
    Pooled old = pooled(ALICE, 3);
    add(old);
    long expiry = ContractLimit.POOL_EXPIRY_SECONDS.value() * 1_000;

    assertEquals(List.of(), pool.expire(1_000 + expiry));
    assertEquals(List.of(old), pool.expire(1_001 + expiry));
    assertTrue(pool.isEmpty());
  }
}
