package io.mooring.contracts.rpc;

import io.mooring.contracts.rpc.Subscriptions.Topic;
import io.mooring.ledger.cbor.CborReader;
import io.mooring.ledger.cbor.CborWriter;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.TamperedException;
import io.mooring.platform.table.DerivedItems;
import io.mooring.platform.table.DerivedItems.Derived;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Prefix;
import io.mooring.platform.table.Table;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Connections that a gateway holds for us, and what they subscribed to.
 *
 * <pre>
 * pk                  sk                              v                  b
 * T#ten_operator#H#   SOCKET#&lt;connection&gt;#            1                  [tenant, ledger, sealed credential, until]
 * T#ten_a#L#led_1#    SOCKET#&lt;connection&gt;#            1                  [line, until]
 * T#ten_a#L#led_1#    SUBSCRIPTION#&lt;connection&gt;#id#   blocks there were  {@link TopicCbor}
 * T#ten_a#L#led_1#    TOLD#&lt;connection&gt;#id#           blocks it knows    empty
 * </pre>
 *
 * <p>All of them expire. Each item has one writer, so that none undoes what another did. The
 * credential is sealed by AES-256-GCM under a secret of the platform's, for this connection alone:
 * it is judged again with every message, so one that was revoked ends.
 *
 * <p><b>Trust:</b> whoever writes here can have connections told too little; requests are judged by
 * the credential, which opens under the platform's secret only.
 *
 * <p><b>Loss:</b> clients connect and subscribe again.
 */
final class HeldConnections {
  /** A gateway ends a connection after two hours, whatever it does. */
  static final Duration KEPT = Duration.ofMinutes(125);

  private static final String SOCKET = "SOCKET";
  private static final String SUBSCRIPTION = "SUBSCRIPTION";
  private static final String TOLD = "TOLD";
  private static final String ALGORITHM = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int TEXT_BYTES_MAX = 64 * 1024;
  private static final byte[] NOTHING = {};

  private final Table table;
  private final DerivedItems items;
  private final SecretKeySpec secret;
  private final InstantSource clock;
  private final RandomGenerator random;

  HeldConnections(
      Table table, DerivedItems items, byte[] secret, InstantSource clock, RandomGenerator random) {
    this.table = table;
    this.items = items;
    this.secret = new SecretKeySpec(secret, "AES");
    this.clock = clock;
    this.random = random;
  }

  /** A connection to a chain; without a credential, a stranger's. */
  record Held(String id, LedgerId ledger, Optional<String> credential, Instant until) {}

  /**
   * @param next the first block that it is to be told of
   */
  record Subscription(String connection, String id, Topic topic, long next) {}

  void hold(String connection, LedgerId ledger, Optional<String> credential, String line) {
    Instant until = clock.instant().plus(KEPT);
    byte[] sealed = seal(connection, credential.orElse("").getBytes(StandardCharsets.UTF_8));
    CborWriter whose = new CborWriter().array(4).text(ledger.tenant().value()).text(ledger.value());
    whose.bytes(sealed).unsigned(until.toEpochMilli());
    CborWriter one = new CborWriter().array(2).text(line).unsigned(until.toEpochMilli());
    items.put(
        List.of(
            new Derived(new Item(whoseKey(connection), 1, whose.toBytes()), until),
            new Derived(new Item(Key.of(ledger, SOCKET, connection), 1, one.toBytes()), until)));
  }

  Optional<Held> find(String connection) {
    Item item = table.get(whoseKey(connection));
    if (!item.exists()) {
      return Optional.empty();
    }
    CborReader cbor = new CborReader(item.body());
    cbor.array(4);
    TenantId tenant = new TenantId(cbor.text(TEXT_BYTES_MAX));
    LedgerId ledger = new LedgerId(tenant, cbor.text(TEXT_BYTES_MAX));
    byte[] credential = open(connection, cbor.bytes(TEXT_BYTES_MAX));
    Instant until = Instant.ofEpochMilli(cbor.unsigned());
    return Optional.of(
            new Held(
                connection,
                ledger,
                Optional.of(new String(credential, StandardCharsets.UTF_8))
                    .filter(text -> !text.isEmpty()),
                until))
        .filter(held -> clock.instant().isBefore(until));
  }

  /** How many connections a line has open to a chain. */
  long open(LedgerId ledger, String line) {
    long now = clock.millis();
    long[] open = new long[1];
    table.forEach(
        Prefix.of(ledger, SOCKET),
        item -> {
          CborReader cbor = new CborReader(item.body());
          cbor.array(2);
          boolean same = cbor.text(TEXT_BYTES_MAX).equals(line);
          open[0] += same && cbor.unsigned() > now ? 1 : 0;
        });
    return open[0];
  }

  void subscribe(Held held, List<Subscription> subscriptions) {
    items.put(
        subscriptions.stream()
            .map(
                each ->
                    new Derived(
                        new Item(
                            Key.of(held.ledger(), SUBSCRIPTION, held.id(), each.id()),
                            each.next(),
                            TopicCbor.write(each.topic())),
                        held.until()))
            .toList());
  }

  /** Whether there was one. */
  boolean unsubscribe(Held held, String id) {
    if (id.isEmpty() || id.length() > 64 || !id.startsWith("0x")) {
      return false;
    }
    Key key = Key.of(held.ledger(), SUBSCRIPTION, held.id(), id);
    if (!table.get(key).exists()) {
      return false;
    }
    items.delete(List.of(key, Key.of(held.ledger(), TOLD, held.id(), id)));
    return true;
  }

  /** What all connections to a chain subscribed to, by connection. */
  Map<String, List<Subscription>> all(LedgerId ledger) {
    return by(ledger, Prefix.of(ledger, SUBSCRIPTION), Prefix.of(ledger, TOLD));
  }

  List<Subscription> of(Held held) {
    LedgerId ledger = held.ledger();
    return by(
            ledger, Prefix.of(ledger, SUBSCRIPTION, held.id()), Prefix.of(ledger, TOLD, held.id()))
        .getOrDefault(held.id(), List.of());
  }

  private Map<String, List<Subscription>> by(LedgerId ledger, Prefix wanted, Prefix told) {
    Map<String, List<Subscription>> subscriptions = new HashMap<>();
    List<Item> found = new ArrayList<>();
    table.forEach(wanted, found::add);
    if (found.isEmpty()) {
      return subscriptions;
    }
    Map<Key, Long> known = new HashMap<>();
    table.forEach(told, item -> known.put(item.key(), item.version()));
    for (Item item : found) {
      String[] parts = item.key().sort().split("#");
      long next =
          Math.max(
              item.version(), known.getOrDefault(Key.of(ledger, TOLD, parts[1], parts[2]), 0L));
      subscriptions
          .computeIfAbsent(parts[1], first -> new ArrayList<>())
          .add(new Subscription(parts[1], parts[2], TopicCbor.read(item.body()), next));
    }
    return subscriptions;
  }

  /** All of them know the blocks before {@code next}. */
  void told(Held held, List<Subscription> subscriptions, long next) {
    items.put(
        subscriptions.stream()
            .map(each -> Key.of(held.ledger(), TOLD, held.id(), each.id()))
            .map(key -> new Derived(new Item(key, next, NOTHING), held.until()))
            .toList());
  }

  void forget(LedgerId ledger, String connection) {
    List<Key> keys = new ArrayList<>();
    keys.add(whoseKey(connection));
    keys.add(Key.of(ledger, SOCKET, connection));
    for (String kind : List.of(SUBSCRIPTION, TOLD)) {
      table.forEach(Prefix.of(ledger, kind, connection), item -> keys.add(item.key()));
    }
    items.delete(keys);
  }

  private static Key whoseKey(String connection) {
    return Key.hint(TenantId.OPERATOR, SOCKET, connection);
  }

  private byte[] seal(String connection, byte[] text) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] closed = crypt(Cipher.ENCRYPT_MODE, connection, nonce, text);
    byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + closed.length);
    System.arraycopy(closed, 0, sealed, NONCE_BYTES, closed.length);
    return sealed;
  }

  private byte[] open(String connection, byte[] sealed) {
    return crypt(
        Cipher.DECRYPT_MODE,
        connection,
        Arrays.copyOf(sealed, NONCE_BYTES),
        Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length));
  }

  private byte[] crypt(int mode, String connection, byte[] nonce, byte[] text) {
    try {
      Cipher cipher = Cipher.getInstance(ALGORITHM);
      cipher.init(mode, secret, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(connection.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new TamperedException("a connection's credential does not open", e);
    }
  }
}
