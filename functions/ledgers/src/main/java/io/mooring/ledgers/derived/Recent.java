package io.mooring.ledgers.derived;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * The last few of something that can be read again, up to a weight together; the one not asked for
 * longest goes first. Two readers at once may read the same, which costs and harms nothing.
 */
final class Recent<K, V> {
  private final long weightMax;
  private final ToLongFunction<V> weigh;
  private final Map<K, V> values = new LinkedHashMap<>(16, 0.75f, true);
  private long weight;

  Recent(long weightMax, ToLongFunction<V> weigh) {
    this.weightMax = weightMax;
    this.weigh = weigh;
  }

  Optional<V> get(K key, Supplier<Optional<V>> read) {
    synchronized (values) {
      V known = values.get(key);
      if (known != null) {
        return Optional.of(known);
      }
    }
    Optional<V> value = read.get();
    value.ifPresent(present -> put(key, present));
    return value;
  }

  void forget(K key) {
    synchronized (values) {
      V before = values.remove(key);
      weight -= before == null ? 0 : weigh.applyAsLong(before);
    }
  }

  void clear() {
    synchronized (values) {
      values.clear();
      weight = 0;
    }
  }

  void put(K key, V value) {
    synchronized (values) {
      V before = values.put(key, value);
      weight += weigh.applyAsLong(value) - (before == null ? 0 : weigh.applyAsLong(before));
      var eldest = values.values().iterator();
      while (weight > weightMax && eldest.hasNext()) {
        weight -= weigh.applyAsLong(eldest.next());
        eldest.remove();
      }
    }
  }
}
