package io.mooring.billing.proofs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.billing.DayFold;
import io.mooring.billing.Meter;
import io.mooring.billing.PriceSheet;
import io.mooring.billing.credits.Terms;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.ReadCounter;
import io.mooring.platform.commit.Usage;
import io.mooring.platform.commit.Write;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.Table;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Counts proofs in memory and charges for those beyond a day's free ones, many in one commit of the
 * journal: an entry that says how many were asked for and how many of them were free. As many are
 * free as the plan has free transactions a day, counted by the day on which they are charged.
 *
 * <pre>
 * pk            sk        body (JSON)
 * T#ten_acme#   PROOFS#   day, counted: how many proofs of that day are told in the journal
 * </pre>
 *
 * <p><b>Trust:</b> whoever changes the item can make a day's proofs free or not; the journal's
 * entries say what was free.
 *
 * <p><b>Loss:</b> of the item: a day's free ones are free twice. Of the memory: what was counted
 * and not charged is never charged. Thread-safe.
 */
public final class Proofs implements ReadCounter {
  /** The type of the journal's entries that say how many proofs were asked for. */
  public static final String ASKED = "proofs.charged";

  /** After so many of one reader they are charged at once, so that a crash loses few. */
  static final int UNCHARGED_MAX = 1_000;

  /** How often a charge is tried when other processes charge the same tenant. */
  static final int TRIES_MAX = 8;

  private static final System.Logger LOG = System.getLogger(Proofs.class.getName());

  private final Table table;
  private final Committer committer;
  private final Terms terms;
  private final InstantSource clock;
  private final ConcurrentMap<Reader, Long> counted = new ConcurrentHashMap<>();

  public Proofs(Table table, Committer committer, Terms terms, InstantSource clock) {
    this.table = table;
    this.committer = committer;
    this.terms = terms;
    this.clock = clock;
  }

  private record Reader(TenantId tenant, String name) {}

  @Override
  public void proof(TenantId tenant, String reader) {
    var asked = new Reader(tenant, reader);
    if (counted.merge(asked, 1L, Long::sum) >= UNCHARGED_MAX) {
      charge(asked);
    }
  }

  /** Charges for all that this process has counted; how many proofs were told of. */
  public long charge() {
    return counted.keySet().stream().mapToLong(this::charge).sum();
  }

  private long charge(Reader reader) {
    Long proofs = counted.remove(reader);
    if (proofs == null) {
      return 0;
    }
    for (int tries = 1; ; tries++) {
      Item before = table.get(Key.of(reader.tenant, "PROOFS"));
      Outcome outcome = committer.commit(write(reader, proofs, before));
      boolean again = tries < TRIES_MAX;
      switch (outcome) {
        case Outcome.Won won -> {
          return proofs;
        }
        case Outcome.EffectRefused overtaken when again -> {}
        case Outcome.EffectRefused overtaken -> {
          counted.merge(reader, proofs, Long::sum);
          return 0;
        }
        case Outcome.Busy busy -> {
          counted.merge(reader, proofs, Long::sum);
          return 0;
        }
        // What may have been charged, or cannot be, is not asked for again.
        case Outcome other -> {
          LOG.log(
              System.Logger.Level.INFO,
              "{0} proofs of {1} are not charged: {2}",
              proofs,
              reader.tenant,
              other.getClass().getSimpleName());
          return 0;
        }
      }
    }
  }

  private Write write(Reader reader, long proofs, Item before) {
    long millis = clock.millis();
    String day = DayFold.day(millis).toString();
    long already = counted(before, day);
    long freeADay = terms.of(reader.tenant, millis).map(Proofs::freeADay).orElse(0L);
    long free = Math.min(proofs, Math.max(0, freeADay - already));

    ObjectNode said =
        JsonTree.object()
            .put("day", day)
            .put("proofs", Long.toString(proofs))
            .put("free", Long.toString(free));
    byte[] after =
        JsonTree.bytes(
            JsonTree.object().put("day", day).put("counted", Math.addExact(already, proofs)));
    Write write =
        Write.to(LedgerId.journal(reader.tenant))
            .by(reader.name)
            .entry(NewEntry.of(ASKED, day, Content.json(JsonTree.text(said))))
            .effect(Effect.put(before, after));
    return free < proofs ? write.uses(new Usage(Meter.PROOFS, proofs - free)) : write;
  }

  private static long freeADay(PriceSheet sheet) {
    return sheet.free().perDay();
  }

  private static long counted(Item item, String day) {
    if (!item.exists()) {
      return 0;
    }
    JsonNode body = JsonTree.parse(item.body());
    return body.required("day").asText().equals(day) ? body.required("counted").asLong() : 0;
  }
}
