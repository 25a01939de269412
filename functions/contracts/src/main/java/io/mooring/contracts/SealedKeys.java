package io.mooring.contracts;

import io.mooring.contracts.chain.Chain;
import io.mooring.contracts.chain.HeldKeys;
import io.mooring.contracts.chain.Sending;
import io.mooring.contracts.chain.Submission;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.crypto.Secp256k1;
import io.mooring.evm.crypto.Signature;
import io.mooring.evm.state.AccountState;
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
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
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
  private static final String KIND = "HELDKEY";
  private static final String USE = "mooring held key v1\n";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int SEALED_BYTES =
      NONCE_BYTES + Secp256k1.SECRET_KEY_BYTES + TAG_BITS / Byte.SIZE;
  private static final int SEALED_BYTES_MAX = 128;
  private static final int STRIPES = 64;
  private static final long BLOCK_WAIT_NANOS =
      TimeUnit.MILLISECONDS.toNanos(ContractLimit.BLOCK_WAIT_MILLIS_MAX.value());
  private static final long LOOK_MILLIS = 5;
  private static final Submission NOT_KNOWN =
      new Submission.Unavailable(Duration.ofSeconds(1), "no block has it yet, and no page");

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
    return with(tenant, address, key -> Secp256k1.fastest().sign(digest.bytes(), key));
  }

  @Override
  public Hash newRequest() {
    byte[] name = new byte[Hash.BYTES];
    random.nextBytes(name);
    return Hash.of(name);
  }

  @Override
  public SignedTransaction sign(
      TenantId tenant, Address address, Transaction content, Hash request) {
    byte[] digest = content.signingHash().bytes();
    return new SignedTransaction(
        content,
        with(tenant, address, key -> Secp256k1.fastest().sign(digest, key, request.bytes())));
  }

  private Signature with(TenantId tenant, Address address, Function<byte[], Signature> signing) {
    Item item = table.get(key(tenant, address));
    if (!item.exists()) {
      throw new RefusedException(
          ContractRefusal.HELD_KEY_NOT_FOUND, "no key of address " + address + " is held");
    }
    byte[] key = open(tenant, address, Sealed.read(item).sealed);
    try {
      return signing.apply(key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  @Override
  public CompletableFuture<Submission> send(Chain chain, Wanted wanted) {
    return CompletableFuture.supplyAsync(() -> delivered(chain, wanted), threads);
  }

  /** Takes nonce after nonce until a block has the transaction, or the time is over. */
  private Submission delivered(Chain chain, Wanted wanted) {
    long end = System.nanoTime() + BLOCK_WAIT_NANOS;
    try {
      while (true) {
        Submitted submitted = submitted(chain, wanted);
        Optional<Submission> outcome = outcome(chain, wanted.sender(), submitted, end);
        if (outcome.isPresent()) {
          return outcome.get();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a transaction was delivered", e);
    }
  }

  private record Submitted(Hash hash, long nonce, CompletableFuture<Submission> answer) {}

  /** What is in the pool by now, or over; in this process each has a nonce of its own. */
  private Submitted submitted(Chain chain, Wanted wanted) throws InterruptedException {
    TenantId tenant = chain.facts().ledger().tenant();
    ReentrantLock stripe = stripes[Math.floorMod(wanted.sender().hashCode(), STRIPES)];
    stripe.lock();
    try {
      Transaction content = wanted.withNonce().apply(chain.freeNonce(wanted.sender()));
      SignedTransaction signed = sign(tenant, wanted.sender(), content, wanted.request());
      Hash hash = signed.hash();
      CompletableFuture<Submission> answer =
          chain.submit(new Sending(signed.encode(), wanted.submitter(), wanted.recentBlock()));
      while (!answer.isDone() && chain.pool().find(hash).isEmpty()) {
        Thread.sleep(1);
      }
      return new Submitted(hash, content.nonce(), answer);
    } finally {
      stripe.unlock();
    }
  }

  /**
   * What became of it; nothing where another transaction has its nonce in a block, so that it can
   * never be in one. Until there is a block that says so, there must be no other one: it may stand
   * in the pool of another process.
   */
  private static Optional<Submission> outcome(
      Chain chain, Address sender, Submitted submitted, long end) throws InterruptedException {
    Submission answer = answer(submitted.answer, end);
    while (true) {
      boolean passed = nonce(chain, sender) > submitted.nonce;
      if (chain.place(submitted.hash).isPresent()) {
        return Optional.of(new Submission.Accepted(submitted.hash));
      }
      boolean ended = System.nanoTime() - end >= 0;
      switch (answer) {
        case Submission.Accepted accepted when !passed && ended -> {
          return Optional.of(accepted);
        }
        case Submission.Known known when !passed && ended -> {
          return Optional.of(known);
        }
        case Submission.Accepted accepted -> {}
        case Submission.Known known -> {}
        case Submission.NonceTooLow low -> {}
        case Submission.Underpriced underpriced -> {}
        case Submission.Unavailable unavailable -> {}
        case Submission refused -> {
          return Optional.of(refused);
        }
      }
      if (ended) {
        return Optional.of(
            passed ? new Submission.NonceTooLow(submitted.nonce, submitted.nonce + 1) : NOT_KNOWN);
      }
      if (passed) {
        return Optional.empty();
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private static Submission answer(CompletableFuture<Submission> answer, long end)
      throws InterruptedException {
    try {
      return answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      return NOT_KNOWN;
    } catch (ExecutionException failed) {
      throw new CompletionException(failed.getCause());
    }
  }

  private static long nonce(Chain chain, Address sender) {
    return chain
        .state(chain.latest().number())
        .source()
        .account(sender)
        .map(AccountState::nonce)
        .orElse(0L);
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
