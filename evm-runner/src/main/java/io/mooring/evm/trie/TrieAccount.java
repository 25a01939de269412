package io.mooring.evm.trie;

import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.rlp.RlpInput;
import io.mooring.evm.rlp.RlpOutput;

/** An account as the state trie holds it: its storage and code are there by their hashes. */
public record TrieAccount(long nonce, U256 balance, Hash storageRoot, Hash codeHash) {
  public static final TrieAccount EMPTY =
      new TrieAccount(0, U256.ZERO, MerkleTrie.EMPTY_ROOT, Hash.OF_NOTHING);

  public byte[] encode() {
    return new RlpOutput()
        .startList()
        .number(nonce)
        .number(balance)
        .bytes(storageRoot.bytes())
        .bytes(codeHash.bytes())
        .endList()
        .toBytes();
  }

  /**
   * @throws io.mooring.evm.rlp.MalformedRlp if this is not the one encoding of an account
   */
  public static TrieAccount decode(byte[] encoded) {
    RlpInput in = RlpInput.ofList(encoded);
    TrieAccount account =
        new TrieAccount(
            in.number(), in.u256(), Hash.of(in.bytes(Hash.BYTES)), Hash.of(in.bytes(Hash.BYTES)));
    in.end();
    return account;
  }
}
