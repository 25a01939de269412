package io.mooring.cli;

import io.mooring.ledger.MalformedException;
import io.mooring.ledger.cbor.CborReader;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * What one block of a chain uses, counted in what its entry holds: gas by the receipts and the
 * header, which must agree; call data in the transactions; new code and what is written to the
 * state in the write-set. Whether a slot was empty before stands in no block.
 */
record BlockUse(
    BigInteger gas, BigInteger callDataBytes, BigInteger codeBytes, List<Written> writes) {
  static final int ADDRESS_BYTES = 20;

  private static final int FIELDS = 5;
  private static final int BLOCK = 1;
  private static final int RECEIPTS = 2;
  private static final int WRITE_SET = 3;
  private static final int MILLIS = 5;
  private static final int GAS_USED_OF_HEADER = 10;
  private static final int DATA_OF_LEGACY = 5;

  /** Contracts that the protocol itself writes to (EIP-4788, 2935, 7002, 7251), free of charge. */
  private static final Set<String> OF_THE_PROTOCOL =
      Set.of(
          "000f3df6d732807ef1319fb7b8bb8522d0beac02",
          "0000f90827f1c53a10cb7a02335b175320002935",
          "00000961ef480eb55e80d19ad83579a64c007002",
          "0000bbddc7ce488642fb579f8b00f3a590007251");

  /**
   * What a block leaves in the storage of one account.
   *
   * @param cleared whether whatever else it held is gone
   */
  record Written(byte[] account, boolean cleared, List<BigInteger> full, List<BigInteger> emptied) {
    Written {
      if (account.length != ADDRESS_BYTES) {
        throw new MalformedException("an account has an address of 20 bytes");
      }
    }

    /** An account that is made with these slots full. */
    static Written of(byte[] account, List<BigInteger> full) {
      return new Written(account, false, full, List.of());
    }

    private static Written gone(byte[] account) {
      return new Written(account, true, List.of(), List.of());
    }
  }

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
    BigInteger callData = callDataBytes(block.list());
    Rlp writeSet = Rlp.ofList(fields[WRITE_SET]);
    List<Written> writes = writes(writeSet.list());
    return new BlockUse(gas, callData, codeBytes(writeSet.list()), writes);
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

  /** How many slots are not zero after the block: as many as it may have filled. */
  BigInteger slotsFull() {
    return BigInteger.valueOf(writes.stream().mapToLong(written -> written.full.size()).sum());
  }

  private static List<Written> writes(Rlp accounts) {
    List<Written> writes = new ArrayList<>();
    while (accounts.hasNext()) {
      Rlp of = accounts.list();
      byte[] account = of.bytes();
      if (!isOfTheProtocol(account)) {
        writes.add(of.hasNext() ? written(account, of) : Written.gone(account));
      }
    }
    return writes;
  }

  /** Nonce, balance and code hash; whether storage was cleared; and what is in it now. */
  private static Written written(byte[] account, Rlp rest) {
    boolean cleared = rest.skip(3).number().signum() != 0;
    List<BigInteger> full = new ArrayList<>();
    List<BigInteger> emptied = new ArrayList<>();
    for (Rlp storage = rest.list(); storage.hasNext(); ) {
      Rlp written = storage.list();
      BigInteger slot = written.number();
      (written.number().signum() == 0 ? emptied : full).add(slot);
    }
    return new Written(account, cleared, full, emptied);
  }

  private static boolean isOfTheProtocol(byte[] account) {
    return OF_THE_PROTOCOL.contains(HexFormat.of().formatHex(account));
  }

  private static BigInteger codeBytes(Rlp codes) {
    BigInteger bytes = BigInteger.ZERO;
    while (codes.hasNext()) {
      bytes = bytes.add(BigInteger.valueOf(codes.bytes().length));
    }
    return bytes;
  }
}
