package io.mooring.evm.block;

import io.mooring.evm.Hash;
import io.mooring.evm.rlp.RlpOutput;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.evm.trie.MerkleTrie;
import io.mooring.evm.trie.NodeStore;
import java.util.List;
import java.util.function.Function;

/** The roots that a header has over the lists of its block: tries from index to item. */
public final class IndexedRoot {
  private IndexedRoot() {}

  public static Hash ofTransactions(List<SignedTransaction> transactions) {
    return trie(transactions, SignedTransaction::encode).root();
  }

  public static Hash ofReceipts(List<Receipt> receipts) {
    return trie(receipts, Receipt::encode).root();
  }

  public static Hash ofWithdrawals(List<Withdrawal> withdrawals) {
    return trie(withdrawals, Withdrawal::encode).root();
  }

  /** Proves one item of a list against the list's root; its key is {@link #key}. */
  public static <T> List<byte[]> proof(List<T> items, Function<T, byte[]> encode, int index) {
    return trie(items, encode).proof(key(index));
  }

  public static byte[] key(int index) {
    return new RlpOutput().number(index).toBytes();
  }

  private static <T> MerkleTrie trie(List<T> items, Function<T, byte[]> encode) {
    MerkleTrie trie = MerkleTrie.empty(NodeStore.NONE);
    for (int i = 0; i < items.size(); i++) {
      trie.put(key(i), encode.apply(items.get(i)));
    }
    return trie;
  }
}
