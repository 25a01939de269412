package io.mooring.contracts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.crypto.Secp256k1;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.evm.transaction.Transaction;
import io.mooring.ledger.cbor.CborReader;
import io.mooring.ledger.cbor.CborWriter;
import io.mooring.platform.TenantId;
import io.mooring.platform.blob.InMemoryBlobs;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.GroupCommitter;
import io.mooring.platform.commit.InMemoryStore;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Rules;
import io.mooring.platform.commit.Stores;
import io.mooring.platform.commit.TamperedException;
import io.mooring.platform.commit.ThreadPace;
import io.mooring.platform.problem.RefusedException;
import io.mooring.platform.table.DerivedItems.Derived;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedKeysTest {
  private static final TenantId ACME = new TenantId("ten_acme");
  private static final TenantId OTHER = new TenantId("ten_other");
  private static final byte[] SECRET =
      "a secret of the deployment, 32 B".getBytes(StandardCharsets.US_ASCII);
  private static final String PURPOSE = "mooring held key v1\n";
  private static final Hash DIGEST = Hash.keccak(new byte[] {1, 2, 3});
  private static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();

  private final InMemoryStore store = new InMemoryStore();
  private final Committer committer =
      GroupCommitter.racing(
          new Stores(store, new InMemoryBlobs(), store, List.of()),
          Rules.standard(),
          new ThreadPace(Clock.systemUTC(), THREADS),
          new SecureRandom());
  private final SealedKeys keys = process(SECRET, 1);

  private SealedKeys process(byte[] secret, long seed) {
    return new SealedKeys(store, secret, new Random(seed), Clock.systemUTC(), THREADS);
  }

  private Address made(SealedKeys by, TenantId tenant) {
    SealedKeys.NewKey made = by.make(tenant, "key_1");
    assertInstanceOf(
        Outcome.Won.class, committer.commit(made.write(), java.time.Duration.ofSeconds(10)));
    return made.address();
  }

  private static Key key(TenantId tenant, Address address) {
    return Key.of(tenant, "HELDKEY", address.toString());
  }

  private void put(TenantId tenant, Address address, byte[] sealed) {
    byte[] body =
        new CborWriter().map(2).unsigned(1).bytes(sealed).unsigned(2).unsigned(7).toBytes();
    store.put(List.of(new Derived(new Item(key(tenant, address), 1, body), Derived.NEVER)));
  }

  /** What stands in the table: nonce, ciphertext and tag. */
  private byte[] sealed(TenantId tenant, Address address) {
    CborReader cbor = new CborReader(store.get(key(tenant, address)).body());
    byte[][] sealed = {{}};
    cbor.numberedMap(
        2,
        field -> {
          if (field == 1) {
            sealed[0] = cbor.bytes(128);
          } else {
            cbor.unsigned();
          }
        });
    return sealed[0];
  }

  /** HKDF by its RFC (5869), with HMAC alone. */
  private static byte[] derived(String info) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
    byte[] extracted = mac.doFinal(SECRET);
    mac.init(new SecretKeySpec(extracted, "HmacSHA256"));
    mac.update(info.getBytes(StandardCharsets.UTF_8));
    return mac.doFinal(new byte[] {1});
  }

  private static byte[] crypt(int mode, String info, Address address, byte[] nonce, byte[] text)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(derived(info), "AES"), new GCMParameterSpec(128, nonce));
    cipher.updateAAD(address.bytes());
    return cipher.doFinal(text);
  }

  private static byte[] sealedFor(String info, Address address, byte[] key)
      throws GeneralSecurityException {
    byte[] nonce = new byte[12];
    byte[] closed = crypt(Cipher.ENCRYPT_MODE, info, address, nonce, key);
    byte[] sealed = Arrays.copyOf(nonce, nonce.length + closed.length);
    System.arraycopy(closed, 0, sealed, nonce.length, closed.length);
    return sealed;
  }

  private static Optional<Address> signer(SealedKeys by, TenantId tenant, Address address) {
    return Secp256k1.fastest()
        .recover(DIGEST.bytes(), by.sign(tenant, address, DIGEST))
        .map(io.mooring.evm.crypto.PublicKey::address);
  }

  @Test
  void aKeyIsMadeByItsCommitAndSignsAsItsAddress() {
    SealedKeys.NewKey uncommitted = keys.make(ACME, "key_1");
    assertEquals(List.of(), keys.addresses(ACME));
    assertThrows(RefusedException.class, () -> keys.sign(ACME, uncommitted.address(), DIGEST));

    Address first = made(keys, ACME);
    Address second = made(keys, ACME);

    assertNotEquals(first, second);
    assertEquals(java.util.Set.of(first, second), java.util.Set.copyOf(keys.addresses(ACME)));
    assertEquals(Optional.of(first), signer(keys, ACME, first));
    assertEquals(Optional.of(second), signer(process(SECRET, 2), ACME, second), "another process");
  }

  @Test
  void theKeyStandsInTheTableUnderAKeyOfItsTenantOnly() throws GeneralSecurityException {
    Address address = made(keys, ACME);
    byte[] sealed = sealed(ACME, address);

    byte[] key =
        crypt(
            Cipher.DECRYPT_MODE,
            PURPOSE + ACME,
            address,
            Arrays.copyOf(sealed, 12),
            Arrays.copyOfRange(sealed, 12, sealed.length));

    assertEquals(address, Secp256k1.fastest().publicKey(key).address());
    assertFalse(java.util.Collections.indexOfSubList(list(sealed), list(key)) >= 0, "in the clear");
  }

  private static List<Byte> list(byte[] bytes) {
    List<Byte> list = new java.util.ArrayList<>();
    for (byte one : bytes) {
      list.add(one);
    }
    return list;
  }

  @Test
  void noKeyOpensForAnotherTenantNorUnderAnotherAddress() {
    Address address = made(keys, ACME);
    Address second = made(keys, ACME);
    assertEquals(List.of(), keys.addresses(OTHER));
    assertThrows(RefusedException.class, () -> keys.sign(OTHER, address, DIGEST));

    // Even if somebody copies it there, who can write to the table.
    put(OTHER, address, sealed(ACME, address));
    assertThrows(TamperedException.class, () -> keys.sign(OTHER, address, DIGEST));
    put(ACME, second, sealed(ACME, address));
    assertThrows(TamperedException.class, () -> keys.sign(ACME, second, DIGEST));
  }

  @Test
  void whatWasSealedForAnotherPurposeOrByAnotherSecretDoesNotOpen()
      throws GeneralSecurityException {
    byte[] key = new byte[32];
    key[31] = 7;
    Address address = Secp256k1.fastest().publicKey(key).address();
    put(ACME, address, sealedFor(PURPOSE + ACME, address, key));
    assertEquals(Optional.of(address), signer(keys, ACME, address));

    for (String info : List.of("mooring something else v1\n" + ACME, PURPOSE, ACME.value())) {
      put(ACME, address, sealedFor(info, address, key));
      assertThrows(TamperedException.class, () -> keys.sign(ACME, address, DIGEST), info);
    }
    SealedKeys elsewhere = process(new byte[32], 1);
    put(ACME, address, sealedFor(PURPOSE + ACME, address, key));
    assertThrows(TamperedException.class, () -> elsewhere.sign(ACME, address, DIGEST));
  }

  @Test
  void everyBentByteIsTamperingAndNoSignature() {
    Address address = made(keys, ACME);
    byte[] sealed = sealed(ACME, address);
    assertEquals(12 + 32 + 16, sealed.length);

    for (int at = 0; at < sealed.length; at++) {
      byte[] bent = sealed.clone();
      bent[at] ^= 1;
      put(ACME, address, bent);
      assertThrows(TamperedException.class, () -> keys.sign(ACME, address, DIGEST), "byte " + at);
    }
    put(ACME, address, sealed);
    assertEquals(Optional.of(address), signer(keys, ACME, address));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 11, 12, 27, 28, 59, 61})
  void aSealedKeyOfAnotherLengthIsTampering(int length) {
    Address address = made(keys, ACME);
    put(ACME, address, Arrays.copyOf(sealed(ACME, address), length));

    assertThrows(TamperedException.class, () -> keys.sign(ACME, address, DIGEST));
  }

  @Test
  void whatIsNoSealedKeyAtAllIsTampering() {
    Address address = made(keys, ACME);
    store.put(
        List.of(new Derived(new Item(key(ACME, address), 1, new byte[] {1, 2, 3}), Derived.NEVER)));

    assertThrows(TamperedException.class, () -> keys.sign(ACME, address, DIGEST));
    assertThrows(TamperedException.class, () -> keys.addresses(ACME));
  }

  @Test
  void aTransactionIsTheSameBytesForTheSameRequestOnly() {
    Address address = made(keys, ACME);
    Hash request = keys.newRequest();
    Transaction content =
        new Transaction.DynamicFee(
            1, 0, U256.ZERO, U256.ZERO, 21_000, address, U256.ZERO, new byte[0], List.of());

    SignedTransaction signed = keys.sign(ACME, address, content, request);

    assertEquals(Optional.of(address), signed.sender(Secp256k1.fastest()));
    assertEquals(signed, process(SECRET, 2).sign(ACME, address, content, request));
    SignedTransaction other = keys.sign(ACME, address, content, keys.newRequest());
    assertNotEquals(signed.hash(), other.hash());
    assertEquals(Optional.of(address), other.sender(Secp256k1.fastest()));
  }

  @Test
  void aSignatureIsAFunctionOfKeyAndDigest() {
    Address address = made(keys, ACME);

    assertArrayEquals(
        keys.sign(ACME, address, DIGEST).r().bytes(), keys.sign(ACME, address, DIGEST).r().bytes());
    assertNotEquals(
        keys.sign(ACME, address, DIGEST), keys.sign(ACME, address, Hash.keccak(new byte[] {4})));
  }
}
