package io.mooring.contracts.build;

import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The transfer of an ERC-20 token in hand-written code that does what the compiled one does: a
 * mapping by hashed slots, a check of the balance, two writes, and the Transfer event.
 */
final class Token {
  static final Address ADDRESS = Address.fromHex("0000000000000000000000000000000000070ce7");
  static final long SUPPLY_OF_EACH = 1_000_000_000;

  private static final String TRANSFER =
      "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";

  private Token() {}

  static byte[] code() {
    String check = "602435" + "335f52" + "60405f20" + "8054" + "828110";
    String rest =
        "829003"
            + "9055"
            + "6004355f52"
            + "60405f20"
            + "80548201"
            + "9055"
            + "5f52"
            + "60043533"
            + "7f"
            + TRANSFER
            + "60205fa3"
            + "60015f5260205ff3";
    int end = (check.length() + 6 + rest.length()) / 2;
    return HexFormat.of()
        .parseHex(check + "60" + HexFormat.of().toHexDigits((byte) end) + "57" + rest + "5b5f5ffd");
  }

  static U256 slot(Address holder) {
    byte[] key = new byte[2 * U256.BYTES];
    System.arraycopy(holder.word().bytes(), 0, key, 0, U256.BYTES);
    return Hash.keccak(key).word();
  }

  static SortedMap<U256, U256> balances(Iterable<Address> holders) {
    SortedMap<U256, U256> storage = new TreeMap<>();
    holders.forEach(holder -> storage.put(slot(holder), U256.of(SUPPLY_OF_EACH)));
    return storage;
  }

  static byte[] transfer(Address to, long amount) {
    return ByteBuffer.allocate(4 + 2 * U256.BYTES)
        .putInt(0xa9059cbb)
        .put(to.word().bytes())
        .put(U256.of(amount).bytes())
        .array();
  }
}
