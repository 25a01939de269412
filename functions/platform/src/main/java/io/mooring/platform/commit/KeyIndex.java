package io.mooring.platform.commit;

import io.mooring.ledger.Hash;
import io.mooring.ledger.cbor.CborReader;
import io.mooring.ledger.cbor.CborWriter;
import io.mooring.platform.LedgerId;
import io.mooring.platform.limit.PlatformLimit;
import io.mooring.platform.table.DerivedItems;
import io.mooring.platform.table.DerivedItems.Derived;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which commit carries the write of which idempotency key: derived from the commits, each item from
 * one commit alone.
 *
 * <pre>
 * pk                         sk                  v          b                    x
 * T#ten_acme#L#led_a#        I#&lt;key's hash&gt;#      commit     [time, body's hash]  time + 30 days
 * </pre>
 */
final class KeyIndex {
  /** How long a repetition is recognised, counted from the commit's time. */
  static final Duration KEPT = Duration.ofDays(PlatformLimit.IDEMPOTENCY_DAYS.value());

  private static final String KIND = "I";

  private final DerivedItems items;

  KeyIndex(DerivedItems items) {
    this.items = items;
  }

  /** Where a key was committed, with which body, and when. */
  record Known(long commit, Hash body, long timeMillis) {
    boolean isKeptAt(long nowMillis) {
      return nowMillis < timeMillis + KEPT.toMillis();
    }
  }

  Map<Hash, Known> lookup(LedgerId ledger, Collection<Hash> keys) {
    Map<Key, Hash> wanted = new HashMap<>();
    keys.forEach(key -> wanted.put(itemKey(ledger, key), key));
    Map<Hash, Known> found = new HashMap<>();
    for (Derived derived : items.get(wanted.keySet())) {
      found.put(wanted.get(derived.item().key()), known(derived.item()));
    }
    return found;
  }

  void write(LedgerId ledger, List<Indexable> commits, long nowMillis) {
    List<Derived> derived =
        commits.stream()
            .flatMap(commit -> items(ledger, commit))
            .filter(item -> item.expiry().toEpochMilli() > nowMillis)
            .toList();
    if (!derived.isEmpty()) {
      items.put(derived);
    }
  }

  /** As much of a commit as the index is derived from. */
  record Indexable(long number, long timeMillis, List<Attempt> attempts) {
    static Indexable of(CarriedCommit carried) {
      return new Indexable(
          carried.commit().number(),
          carried.commit().timeMillis(),
          carried.body().manifest().attempts());
    }
  }

  static Stream<Derived> items(LedgerId ledger, Indexable commit) {
    return commit.attempts().stream()
        .map(Attempt::key)
        .filter(Attempt.Keyed.class::isInstance)
        .map(key -> derived(ledger, commit, (Attempt.Keyed) key));
  }

  private static Derived derived(LedgerId ledger, Indexable commit, Attempt.Keyed keyed) {
    byte[] body =
        new CborWriter()
            .array(2)
            .unsigned(commit.timeMillis())
            .bytes(keyed.body().bytes())
            .toBytes();
    return new Derived(
        new Item(itemKey(ledger, keyed.key()), commit.number(), body),
        Instant.ofEpochSecond((commit.timeMillis() + KEPT.toMillis()) / 1000));
  }

  private static Known known(Item item) {
    CborReader cbor = new CborReader(item.body());
    cbor.array(2);
    long timeMillis = cbor.unsigned();
    return new Known(item.version(), Hash.of(cbor.bytes(Hash.BYTES)), timeMillis);
  }

  private static Key itemKey(LedgerId ledger, Hash key) {
    return Key.of(ledger, KIND, key.toString());
  }
}
