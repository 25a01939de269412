package io.mooring.localstack.engine;

import java.security.SecureRandom;
import java.util.HexFormat;

/** The key pair that this run's application signs its calls to the engines with. */
record Credentials(String accessKey, String secretKey) {
  private static final int ACCESS_KEY_BYTES = 10;
  private static final int SECRET_KEY_BYTES = 32;

  static Credentials fresh() {
    SecureRandom random = new SecureRandom();
    return new Credentials(hex(random, ACCESS_KEY_BYTES), hex(random, SECRET_KEY_BYTES));
  }

  private static String hex(SecureRandom random, int bytes) {
    byte[] value = new byte[bytes];
    random.nextBytes(value);
    return HexFormat.of().formatHex(value);
  }
}
