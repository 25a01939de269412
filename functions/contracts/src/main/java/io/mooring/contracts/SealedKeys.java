package io.mooring.contracts;

import io.mooring.contracts.chain.Chain;
import io.mooring.contracts.chain.HeldKeys;
import io.mooring.contracts.chain.Sending;
import io.mooring.contracts.chain.Submission;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.crypto.Secp256k1;
import io.mooring.evm.crypto.Signature;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.evm.transaction.Transaction;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.cbor.CborReader;
import io.mooring.ledger.cbor.CborWriter;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.TamperedException;
import io.mooring.platform.commit.Write;
import io.mooring.platform.problem.RefusedException;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Prefix;
import io.mooring.platform.table.Table;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Keys that stand in the table, each sealed by AES-256-GCM under a key of its tenant's, which is
 * derived from one secret of the deployment.
 *
 * <pre>
 * pk             sk                  body
 * T#ten_acme#    HELDKEY#0x70…c1#    { 1: sealed key, 2: milliseconds }
 * </pre>
 *
 * <p><b>Trust:</b> whoever has the secret and the table can sign for every tenant; the table alone
 * tells no key, and a sealed key opens under its own tenant and address only.
 *
 * <p><b>Loss:</b> what a lost key owns on a chain nobody can move any more.
 */
public final class SealedKeys implements HeldKeys {
  /** How often a nonce is taken anew that another process took first. */
  static final int NONCE_TRIES_MAX = 8;

  private static final String KIND = "HELDKEY";
  private static final String USE = "mooring held key v1\n";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int SEALED_BYTES =
      NONCE_BYTES + Secp256k1.SECRET_KEY_BYTES + TAG_BITS / Byte.SIZE;
  private static final int SEALED_BYTES_MAX = 128;
  private static final int STRIPES = 64;

  private final Table table;
  private final byte[] secret;
  private final RandomGenerator random;
  private final InstantSource clock;
  private final Executor threads;
  private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

  public SealedKeys(
      Table table, byte[] secret, RandomGenerator random, InstantSource clock, Executor threads) {
    this.table = table;
    this.secret = secret.clone();
    this.random = random;
    this.clock = clock;
    this.threads = threads;
    Arrays.setAll(stripes, i -> new ReentrantLock());
  }

  /** A new key, and the write that keeps it; until that is committed there is no key. */
  public record NewKey(Address address, Write write) {}

  /** Makes a key for a tenant, who never sees it. */
  public NewKey make(TenantId tenant, String submitter) {
    byte[] key = new byte[Secp256k1.SECRET_KEY_BYTES];
    do {
      random.nextBytes(key);
    } while (!isKey(key));
    Address address = Secp256k1.fastest().publicKey(key).address();
    byte[] body =
        new CborWriter()
            .map(2)
            .unsigned(1)
            .bytes(seal(tenant, address, key))
            .unsigned(2)
            .unsigned(clock.millis())
            .toBytes();
    Arrays.fill(key, (byte) 0);
    return new NewKey(
        address,
        Write.to(LedgerId.journal(tenant))
            .by(submitter)
            .entry(
                NewEntry.of(
                    "key.held",
                    address.toString(),
                    Content.json("{\"address\":\"" + address + "\"}")))
            .effect(Effect.create(key(tenant, address), body)));
  }

  @Override
  public List<Address> addresses(TenantId tenant) {
    record Made(Address address, long millis) {}
    List<Made> made = new ArrayList<>();
    table.forEach(
        Prefix.of(tenant, KIND),
        item -> {
          String address = item.key().sort().split("#", -1)[1];
          made.add(new Made(Address.fromHex(address), Sealed.read(item).millis));
        });
    return made.stream()
        .sorted(Comparator.comparingLong(Made::millis).thenComparing(Made::address))
        .map(Made::address)
        .toList();
  }

  @Override
  public Signature sign(TenantId tenant, Address address, Hash digest) {
    Item item = table.get(key(tenant, address));
    if (!item.exists()) {
      throw new RefusedException(
          ContractRefusal.HELD_KEY_NOT_FOUND, "no key of address " + address + " is held");
    }
    byte[] key = open(tenant, address, Sealed.read(item).sealed);
    try {
      return Secp256k1.fastest().sign(digest.bytes(), key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  @Override
  public CompletableFuture<Submission> send(
      Chain chain,
      Address sender,
      String submitter,
      Hash recentBlock,
      LongFunction<Transaction> withNonce) {
    return CompletableFuture.supplyAsync(
            () -> taken(chain, sender, submitter, recentBlock, withNonce), threads)
        .thenCompose(answer -> answer);
  }

  /** The answer to a transaction that is in the pool by now, or that is over. */
  private CompletableFuture<Submission> taken(
      Chain chain,
      Address sender,
      String submitter,
      Hash recentBlock,
      LongFunction<Transaction> withNonce) {
    TenantId tenant = chain.facts().ledger().tenant();
    ReentrantLock stripe = stripes[Math.floorMod(sender.hashCode(), STRIPES)];
    stripe.lock();
    try {
      for (int tries = 1; ; tries++) {
        Transaction content = withNonce.apply(chain.pool().nextNonce(sender));
        Signature signature = sign(tenant, sender, content.signingHash());
        SignedTransaction signed = new SignedTransaction(content, signature);
        CompletableFuture<Submission> answer =
            chain.submit(new Sending(signed.encode(), submitter, recentBlock));
        while (!answer.isDone() && chain.pool().find(signed.hash()).isEmpty()) {
          Thread.sleep(1);
        }
        boolean lostItsNonce =
            answer.isDone()
                && (answer.join() instanceof Submission.NonceTooLow
                    || answer.join() instanceof Submission.Underpriced);
        if (!lostItsNonce || tries == NONCE_TRIES_MAX) {
          return answer;
        }
        chain.latest();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a transaction was taken in", e);
    } finally {
      stripe.unlock();
    }
  }

  private static boolean isKey(byte[] bytes) {
    BigInteger number = new BigInteger(1, bytes);
    return number.signum() > 0 && number.compareTo(Secp256k1.ORDER) < 0;
  }

  private byte[] seal(TenantId tenant, Address address, byte[] key) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] closed = crypt(Cipher.ENCRYPT_MODE, tenant, address, nonce, key);
    byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + closed.length);
    System.arraycopy(closed, 0, sealed, NONCE_BYTES, closed.length);
    return sealed;
  }

  private byte[] open(TenantId tenant, Address address, byte[] sealed) {
    if (sealed.length != SEALED_BYTES) {
      throw new TamperedException(
          "the key of %s's %s has %d bytes".formatted(tenant, address, sealed.length));
    }
    return crypt(
        Cipher.DECRYPT_MODE,
        tenant,
        address,
        Arrays.copyOf(sealed, NONCE_BYTES),
        Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length));
  }

  private byte[] crypt(int mode, TenantId tenant, Address address, byte[] nonce, byte[] text) {
    try {
      byte[] info = (USE + tenant).getBytes(StandardCharsets.UTF_8);
      SecretKey key =
          KDF.getInstance("HKDF-SHA256")
              .deriveKey(
                  "AES",
                  HKDFParameterSpec.ofExtract()
                      .addIKM(secret)
                      .thenExpand(info, Secp256k1.SECRET_KEY_BYTES));
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(address.bytes());
      return cipher.doFinal(text);
    } catch (AEADBadTagException e) {
      throw new TamperedException(
          "the key of %s's %s does not open under its tenant's".formatted(tenant, address));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot seal", e);
    }
  }

  private static Key key(TenantId tenant, Address address) {
    return Key.of(tenant, KIND, address.toString());
  }

  private static final class Sealed {
    private byte[] sealed = {};
    private long millis;

    private static Sealed read(Item item) {
      Sealed one = new Sealed();
      CborReader cbor = new CborReader(item.body());
      try {
        cbor.numberedMap(
            2,
            field -> {
              if (field == 1) {
                one.sealed = cbor.bytes(SEALED_BYTES_MAX);
              } else {
                one.millis = cbor.unsigned();
              }
            });
        cbor.end();
      } catch (MalformedException e) {
        throw new TamperedException(item.key() + " is no sealed key: " + e.getMessage());
      }
      return one;
    }
  }
}
