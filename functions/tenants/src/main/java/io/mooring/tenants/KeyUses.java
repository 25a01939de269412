package io.mooring.tenants;

import io.mooring.platform.table.DerivedItems;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Table;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * In which hour a key was last used, noted beside the request and not within it.
 *
 * <pre>
 * pk              sk                version                 body
 * T#ten_acme#H#   KEYUSE#key_01…#   hours since 1970 + 1    empty
 * </pre>
 *
 * <p><b>Trust:</b> a hint for people who tidy up; nothing depends on it. <b>Loss:</b> the hint.
 */
@Singleton
public final class KeyUses {
  static final String KIND = "KEYUSE";
  static final int NOTED_MAX = 100_000;
  static final int WAITING_MAX = 1_000;

  private static final Logger LOG = Logger.getLogger(KeyUses.class);
  private static final Duration GRAIN = Duration.ofHours(1);
  private static final Duration KEPT = Duration.ofDays(400);

  private final Table table;
  private final DerivedItems items;
  private final ConcurrentMap<KeyId, Long> noted = new ConcurrentHashMap<>();
  private final ExecutorService writer;

  public KeyUses(Table table, DerivedItems items) {
    this.table = table;
    this.items = items;
    this.writer =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_MAX),
            Thread.ofVirtual().name("key-uses").factory(),
            new ThreadPoolExecutor.DiscardPolicy());
  }

  void note(KeyId id, Instant now) {
    long hour = now.getEpochSecond() / GRAIN.toSeconds();
    Long before = noted.get(id);
    if (before != null && before >= hour) {
      return;
    }
    if (noted.size() >= NOTED_MAX) {
      noted.clear();
    }
    noted.put(id, hour);
    writer.execute(() -> write(id, hour));
  }

  /** The beginning of the hour in which the key was last used, if it ever was. */
  public Optional<Instant> lastUse(KeyId id) {
    Item item = table.get(key(id));
    return item.exists()
        ? Optional.of(Instant.ofEpochSecond((item.version() - 1) * GRAIN.toSeconds()))
        : Optional.empty();
  }

  private void write(KeyId id, long hour) {
    try {
      var item = new Item(key(id), hour + 1, new byte[0]);
      Instant expiry = Instant.ofEpochSecond(hour * GRAIN.toSeconds()).plus(KEPT);
      items.put(List.of(new DerivedItems.Derived(item, expiry)));
    } catch (RuntimeException e) {
      LOG.warnf(e, "the last use of %s was not noted", id.value());
      noted.remove(id, hour);
    }
  }

  private static Key key(KeyId id) {
    return Key.hint(id.tenant(), KIND, id.value());
  }

  @PreDestroy
  void close() {
    writer.shutdown();
  }
}
