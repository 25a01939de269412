package io.mooring.cli;

import io.mooring.ledger.cbor.CborWriter;
import java.io.ByteArrayOutputStream;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The content of a chain's entry, written out here by hand: one transaction of each type. */
record SampleBlock(long gasUsed, long gasOfReceipts, List<byte[]> transactions, byte[] writeSet) {
  static final int CALL_DATA_BYTES = 3 + 60 + 5 + 7;

  /** Code of 70 bytes; a slot filled and one emptied; one account gone, and one of the protocol. */
  static final int CODE_BYTES = 70;

  static final int FULL_SLOTS = 1;

  private static final byte[] NOTHING = bytes(new byte[0]);

  static SampleBlock of(long gas) {
    return new SampleBlock(
        gas,
        gas,
        List.of(
            transaction(5, 3),
            typed(1, transaction(6, 60)),
            typed(2, transaction(7, 5)),
            typed(4, transaction(7, 7))),
        list(
            list(
                list(bytes(new byte[20])),
                account("00000000000000000000000000000000000000aa", list(slot(1, 9), slot(2, 0))),
                account("000f3df6d732807ef1319fb7b8bb8522d0beac02", list(slot(3, 9)))),
            list(bytes(new byte[CODE_BYTES]))));
  }

  SampleBlock withGasOfReceipts(long gas) {
    return new SampleBlock(gasUsed, gas, transactions, writeSet);
  }

  byte[] content() {
    byte[] header =
        list(
            Stream.concat(Collections.nCopies(10, NOTHING).stream(), Stream.of(number(gasUsed)))
                .toArray(byte[][]::new));
    byte[] receipts =
        list(
            list(number(0), number(1), number(gasOfReceipts / 2), list()),
            list(number(2), number(0), number(gasOfReceipts), list()));
    return new CborWriter()
        .map(5)
        .unsigned(1)
        .bytes(list(header, list(transactions.toArray(byte[][]::new)), list()))
        .unsigned(2)
        .bytes(receipts)
        .unsigned(3)
        .bytes(writeSet)
        .unsigned(4)
        .bytes(new byte[40])
        .unsigned(5)
        .unsigned(1_700_000_000_000L)
        .toBytes();
  }

  /** Some fields, then as many bytes of data, and three numbers of a signature. */
  private static byte[] transaction(int before, int data) {
    Stream<byte[]> fields = Collections.nCopies(before, number(7)).stream();
    Stream<byte[]> rest = Stream.of(bytes(new byte[data]), number(1), number(2), number(3));
    return list(Stream.concat(fields, rest).toArray(byte[][]::new));
  }

  private static byte[] typed(int type, byte[] list) {
    return bytes(join(new byte[] {(byte) type}, list));
  }

  private static byte[] account(String address, byte[] storage) {
    byte[] codeHash = bytes(new byte[32]);
    return list(
        bytes(HexFormat.of().parseHex(address)),
        number(1),
        number(5),
        codeHash,
        number(0),
        storage);
  }

  private static byte[] slot(long slot, long value) {
    return list(number(slot), number(value));
  }

  static byte[] number(long value) {
    return value == 0 ? NOTHING : bytes(HexFormat.of().parseHex(evenHex(value)));
  }

  private static String evenHex(long value) {
    String hex = Long.toHexString(value);
    return hex.length() % 2 == 0 ? hex : "0" + hex;
  }

  static byte[] bytes(byte[] value) {
    boolean own = value.length == 1 && value[0] >= 0;
    return own ? value : join(prefix(0x80, value.length), value);
  }

  static byte[] list(byte[]... items) {
    byte[] content = join(items);
    return join(prefix(0xc0, content.length), content);
  }

  private static byte[] prefix(int kind, int length) {
    if (length <= 55) {
      return new byte[] {(byte) (kind + length)};
    }
    byte[] digits = HexFormat.of().parseHex(evenHex(length));
    return join(new byte[] {(byte) (kind + 55 + digits.length)}, digits);
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    Stream.of(parts).forEach(joined::writeBytes);
    return joined.toByteArray();
  }
}
