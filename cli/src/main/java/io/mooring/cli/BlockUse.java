package io.mooring.cli;

import io.mooring.cli.Counted.Span;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.cbor.CborReader;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

/**
 * What one block of a chain uses, counted in what its entry holds: gas by the receipts and the
 * header, which must agree; call data in the transactions; and new state between two bounds, for
 * whether a slot was empty before stands in the state and not in the block.
 */
record BlockUse(BigInteger gas, BigInteger callDataBytes, Span stateBytes) {
  private static final int FIELDS = 5;
  private static final int BLOCK = 1;
  private static final int RECEIPTS = 2;
  private static final int WRITE_SET = 3;
  private static final int MILLIS = 5;
  private static final int GAS_USED_OF_HEADER = 10;
  private static final int DATA_OF_LEGACY = 5;
  private static final BigInteger SLOT_BYTES = BigInteger.valueOf(64);

  /** Contracts that the protocol itself writes to (EIP-4788, 2935, 7002, 7251), free of charge. */
  private static final Set<String> OF_THE_PROTOCOL =
      Set.of(
          "000f3df6d732807ef1319fb7b8bb8522d0beac02",
          "0000f90827f1c53a10cb7a02335b175320002935",
          "00000961ef480eb55e80d19ad83579a64c007002",
          "0000bbddc7ce488642fb579f8b00f3a590007251");

  /**
   * @throws MalformedException if these bytes are no block's, or contradict themselves
   */
  static BlockUse of(byte[] content) {
    byte[][] fields = new byte[FIELDS][0];
    CborReader cbor = new CborReader(content);
    cbor.numberedMap(
        FIELDS,
        key -> {
          if (key < MILLIS) {
            fields[(int) key] = cbor.bytes(content.length);
          } else {
            cbor.skip();
          }
        });
    cbor.end();
    Rlp block = Rlp.ofList(fields[BLOCK]);
    BigInteger gas = block.list().skip(GAS_USED_OF_HEADER).number();
    BigInteger byReceipts = gas(Rlp.ofList(fields[RECEIPTS]));
    if (!gas.equals(byReceipts)) {
      throw new MalformedException(
          "its header says %s gas, its receipts %s".formatted(gas, byReceipts));
    }
    return new BlockUse(
        gas, callDataBytes(block.list()), stateBytes(Rlp.ofList(fields[WRITE_SET])));
  }

  /** What the last receipt says of itself and all before it. */
  private static BigInteger gas(Rlp receipts) {
    BigInteger cumulative = BigInteger.ZERO;
    while (receipts.hasNext()) {
      cumulative = receipts.list().skip(2).number();
    }
    return cumulative;
  }

  private static BigInteger callDataBytes(Rlp transactions) {
    BigInteger bytes = BigInteger.ZERO;
    while (transactions.hasNext()) {
      byte[] data =
          transactions.nextIsList()
              ? transactions.list().skip(DATA_OF_LEGACY).bytes()
              : dataOfTyped(transactions.bytes());
      bytes = bytes.add(BigInteger.valueOf(data.length));
    }
    return bytes;
  }

  /** EIP-2718: a byte that says the type, and a list. */
  private static byte[] dataOfTyped(byte[] transaction) {
    int type = transaction.length == 0 ? 0 : transaction[0];
    int before =
        switch (type) {
          case 1 -> 6; // EIP-2930: chain, nonce, price, gas limit, to, value
          case 2, 3, 4 -> 7; // EIP-1559, 4844 and 7702: two prices
          default -> throw new MalformedException("it has a transaction of type " + type);
        };
    return Rlp.ofList(Arrays.copyOfRange(transaction, 1, transaction.length)).skip(before).bytes();
  }

  /** At least the new code; at most that and every slot that the block leaves full. */
  private static Span stateBytes(Rlp writeSet) {
    BigInteger slots = BigInteger.ZERO;
    for (Rlp accounts = writeSet.list(); accounts.hasNext(); ) {
      Rlp account = accounts.list();
      boolean ofTheProtocol = OF_THE_PROTOCOL.contains(HexFormat.of().formatHex(account.bytes()));
      if (account.hasNext() && !ofTheProtocol) { // of one that is gone nothing but its address
        Rlp storage = account.skip(4).list();
        while (storage.hasNext()) {
          boolean full = storage.list().skip(1).number().signum() != 0;
          slots = full ? slots.add(BigInteger.ONE) : slots;
        }
      }
    }
    BigInteger code = BigInteger.ZERO;
    for (Rlp codes = writeSet.list(); codes.hasNext(); ) {
      code = code.add(BigInteger.valueOf(codes.bytes().length));
    }
    return new Span(code, code.add(slots.multiply(SLOT_BYTES)));
  }
}
