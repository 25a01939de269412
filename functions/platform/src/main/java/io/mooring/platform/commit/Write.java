package io.mooring.platform.commit;

import io.mooring.ledger.Hash;
import io.mooring.platform.LedgerId;
import java.util.ArrayList;
import java.util.List;

/**
 * One change to one ledger: the entries that say it, the effects that make it so, what it uses, and
 * what a repetition means. All of it is committed, or none.
 *
 * <pre>{@code
 * committer.commit(
 *     Write.to(LedgerId.journal(tenant))
 *         .by(keyId)
 *         .entry(NewEntry.of("member.added", memberId, Content.json(json)))
 *         .effect(Effect.create(Key.of(tenant, "MEMBER", memberId), body))
 *         .once(key, bodyHash, answer));
 * }</pre>
 */
public record Write(
    LedgerId ledger,
    String submitter,
    List<NewEntry> entries,
    List<Effect> effects,
    List<Usage> usages,
    Repetition repetition,
    boolean closing,
    Basis basis,
    int transactions) {
  public static final int ENTRIES_MAX = 10_000;

  /** What the entries' contents may weigh together. */
  public static final long BYTES_MAX = 4L * 1024 * 1024;

  /** Each is stored in an object of its own before the commit. */
  public static final int ERASABLE_ENTRIES_MAX = 100;

  /** DynamoDB's 100 actions in a transaction, less the commit record. */
  public static final int EFFECTS_MAX = 99;

  /** DynamoDB's 4 MB in a transaction, less room for the commit record and keys. */
  public static final long EFFECT_BYTES_MAX = 3L * 1024 * 1024;

  private static final byte[] NO_ANSWER = {};

  public Write {
    entries = List.copyOf(entries);
    effects = List.copyOf(effects);
    usages = List.copyOf(usages);
    if (transactions < 1) {
      throw new IllegalArgumentException("a write carries a transaction, not " + transactions);
    }
    requireWithin("entries", entries.size(), ENTRIES_MAX);
    requireWithin("erasable entries", erasable(entries), ERASABLE_ENTRIES_MAX);
    requireWithin("effects", effects.size(), EFFECTS_MAX);
    requireWithin("bytes of effects", effectBytes(effects), EFFECT_BYTES_MAX);
    requireWithin("bytes of content", contentBytes(entries), BYTES_MAX);
    if (effects.size() > 1
        && effects.stream().map(Effect::key).distinct().count() != effects.size()) {
      throw new IllegalArgumentException("a write has at most one effect on an item");
    }
  }

  public static Write to(LedgerId ledger) {
    return new Write(
        ledger,
        "",
        List.of(),
        List.of(),
        List.of(),
        new Repetition.Free(),
        false,
        new Basis.Any(),
        1);
  }

  /** Names the credential that submits, as every entry will say. */
  public Write by(String keyId) {
    return new Write(
        ledger, keyId, entries, effects, usages, repetition, closing, basis, transactions);
  }

  public Write entry(NewEntry entry) {
    return entries(with(entries, entry));
  }

  public Write entries(List<NewEntry> entries) {
    return new Write(
        ledger, submitter, entries, effects, usages, repetition, closing, basis, transactions);
  }

  public Write effect(Effect effect) {
    return effects(with(effects, effect));
  }

  public Write effects(List<Effect> effects) {
    return new Write(
        ledger, submitter, entries, effects, usages, repetition, closing, basis, transactions);
  }

  public Write uses(Usage usage) {
    return uses(List.of(usage));
  }

  public Write uses(List<Usage> more) {
    List<Usage> all = new ArrayList<>(usages);
    all.addAll(more);
    return new Write(
        ledger, submitter, entries, effects, all, repetition, closing, basis, transactions);
  }

  /** Makes a repetition give this write's receipt again. */
  public Write once(IdempotencyKey key, Hash body) {
    return once(key, body, NO_ANSWER);
  }

  /** Makes a repetition give this write's receipt and this answer again. */
  public Write once(IdempotencyKey key, Hash body, byte[] answer) {
    return new Write(
        ledger,
        submitter,
        entries,
        effects,
        usages,
        new Repetition.Keyed(key, body, answer),
        closing,
        basis,
        transactions);
  }

  /** Refuses the write where the ledger is not what its author took it for. */
  public Write upon(Basis basis) {
    return new Write(
        ledger, submitter, entries, effects, usages, repetition, closing, basis, transactions);
  }

  /** Says that so many transactions share this write, which free ones are counted by. */
  public Write carrying(int transactions) {
    return new Write(
        ledger, submitter, entries, effects, usages, repetition, closing, basis, transactions);
  }

  /** Makes this the last write that the ledger takes. */
  public Write andClose() {
    return new Write(
        ledger, submitter, entries, effects, usages, repetition, true, basis, transactions);
  }

  private static <T> List<T> with(List<T> list, T element) {
    List<T> longer = new ArrayList<>(list);
    longer.add(element);
    return longer;
  }

  private static long erasable(List<NewEntry> entries) {
    return entries.stream().filter(entry -> entry.content() instanceof Content.Erasable).count();
  }

  private static long contentBytes(List<NewEntry> entries) {
    return entries.stream()
        .map(NewEntry::content)
        .mapToLong(content -> content instanceof Content.Stored ? 0 : content.length())
        .sum();
  }

  static long effectBytes(List<Effect> effects) {
    return effects.stream()
        .mapToLong(effect -> effect instanceof Effect.Put put ? put.length() : 0)
        .sum();
  }

  private static void requireWithin(String what, long size, long max) {
    if (size > max) {
      throw new IllegalArgumentException("a write has at most " + max + " " + what + ": " + size);
    }
  }
}
