package io.mooring.bench.ledger;

import io.mooring.ledger.note.LogSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * Makes a key pair for a peer's log: {@code PeerKey FOLDER} writes {@code private} and {@code
 * public}.
 */
public final class PeerKey {
  private static final String NAME = "peer.example/log";
  private static final int SEED_BYTES = 32;

  private PeerKey() {}

  public static void main(String[] args) throws IOException {
    byte[] seed = new byte[SEED_BYTES];
    new SecureRandom().nextBytes(seed);
    Path folder = Path.of(args[0]);
    Files.writeString(folder.resolve("private"), LogSigner.privateText(NAME, seed));
    Files.writeString(
        folder.resolve("public"), LogSigner.ofSeed(NAME, seed).verifierKey().toString());
  }
}
