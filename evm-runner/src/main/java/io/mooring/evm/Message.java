package io.mooring.evm;

/**
 * A call into an account, or the making of a new one.
 *
 * @param to the account called, or the address the new contract will have
 * @param input the call's data, or the init code; not copied
 * @param gas what the message may use, after the intrinsic gas is paid
 */
public record Message(Kind kind, Address caller, Address to, U256 value, byte[] input, long gas) {
  /** What a message asks for. */
  public enum Kind {
    CALL,
    CREATE
  }

  public Message {
    if (gas < 0) {
      throw new IllegalArgumentException("gas must not be negative: " + gas);
    }
  }

  public static Message call(Address caller, Address to, U256 value, byte[] input, long gas) {
    return new Message(Kind.CALL, caller, to, value, input, gas);
  }

  /** A creation by {@code creator}, whose nonce was {@code nonce} before this transaction. */
  public static Message create(Address creator, long nonce, U256 value, byte[] initCode, long gas) {
    return new Message(
        Kind.CREATE, creator, ContractAddress.of(creator, nonce), value, initCode, gas);
  }
}
