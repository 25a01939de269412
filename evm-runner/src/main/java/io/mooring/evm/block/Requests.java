package io.mooring.evm.block;

import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.Log;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a block asks of the consensus layer (EIP-7685).
 *
 * @param encoded those kinds that are not empty, in order, each behind its type byte
 */
public record Requests(List<byte[]> encoded) {
  public static final Requests NONE = new Requests(List.of());
  public static final Address DEPOSIT_CONTRACT =
      Address.fromHex("00000000219ab540356cbb839cbe05303d7705fa");

  private static final Hash DEPOSIT_EVENT =
      Hash.fromHex("649bbc62d0e31342afea4e5cd82d4049e7e1ee912fc0889aa790803be39038c5");

  /** The ABI encoding of the event: where each field begins, how long it is (EIP-6110). */
  private static final int[] FIELD_OFFSETS = {160, 256, 320, 384, 512};

  private static final int[] FIELD_BYTES = {48, 32, 8, 96, 8};
  private static final int EVENT_BYTES = 576;
  private static final int WORD_BYTES = 32;

  public Requests {
    encoded = List.copyOf(encoded);
  }

  /** The kinds in the order of their types, from zero; those without content are left out. */
  static Requests of(byte[]... kinds) {
    List<byte[]> encoded = new ArrayList<>();
    for (int type = 0; type < kinds.length; type++) {
      if (kinds[type].length > 0) {
        byte[] typed = new byte[1 + kinds[type].length];
        typed[0] = (byte) type;
        System.arraycopy(kinds[type], 0, typed, 1, kinds[type].length);
        encoded.add(typed);
      }
    }
    return new Requests(encoded);
  }

  /** What the header says of them: the SHA-256 of their SHA-256 hashes. */
  public Hash hash() {
    try {
      MessageDigest all = MessageDigest.getInstance("SHA-256");
      for (byte[] request : encoded) {
        all.update(MessageDigest.getInstance("SHA-256").digest(request));
      }
      return Hash.of(all.digest());
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("this JDK has no SHA-256", absent);
    }
  }

  /**
   * The deposits that these logs tell of.
   *
   * @throws InvalidBlock if the deposit contract's event has another layout than it can have
   */
  static byte[] deposits(List<Log> logs, Address depositContract) {
    ByteArrayOutputStream deposits = new ByteArrayOutputStream();
    for (Log log : logs) {
      if (log.address().equals(depositContract)
          && !log.topics().isEmpty()
          && log.topics().getFirst().equals(DEPOSIT_EVENT)) {
        writeDeposit(log.data(), deposits);
      }
    }
    return deposits.toByteArray();
  }

  private static void writeDeposit(byte[] event, ByteArrayOutputStream deposits) {
    if (event.length != EVENT_BYTES) {
      throw new InvalidBlock("a deposit event of " + event.length + " bytes");
    }
    for (int i = 0; i < FIELD_OFFSETS.length; i++) {
      int start = FIELD_OFFSETS[i];
      if (word(event, i * WORD_BYTES) != start || word(event, start) != FIELD_BYTES[i]) {
        throw new InvalidBlock("a deposit event of another layout");
      }
      deposits.write(event, start + WORD_BYTES, FIELD_BYTES[i]);
    }
  }

  /** A word as a small number; -1 if it is a large one. */
  private static int word(byte[] event, int offset) {
    for (byte b : Arrays.copyOfRange(event, offset, offset + WORD_BYTES - 2)) {
      if (b != 0) {
        return -1;
      }
    }
    int last = offset + WORD_BYTES - 1;
    return (event[last - 1] & 0xff) << 8 | event[last] & 0xff;
  }
}
