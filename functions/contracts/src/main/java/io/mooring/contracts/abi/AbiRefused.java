package io.mooring.contracts.abi;

/** An ABI, a value or an encoding that is not what it must be; the message says where and why. */
public final class AbiRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final What what;
  private final String words;

  /** What is wrong. */
  public enum What {
    /** The description of the contract. */
    ABI,
    /** A value that somebody wants encoded. */
    VALUE,
    /** Bytes that came out of a contract. */
    ENCODING
  }

  private AbiRefused(What what, String words) {
    super(words, null, false, false);
    this.what = what;
    this.words = words;
  }

  static AbiRefused abi(String words) {
    return new AbiRefused(What.ABI, words);
  }

  static AbiRefused value(String path, String words) {
    return new AbiRefused(What.VALUE, path + " " + words);
  }

  static AbiRefused encoding(String words) {
    return new AbiRefused(What.ENCODING, words);
  }

  public What what() {
    return what;
  }

  public String words() {
    return words;
  }
}
