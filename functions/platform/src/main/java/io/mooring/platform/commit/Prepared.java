package io.mooring.platform.commit;

import io.mooring.ledger.Entry;
import io.mooring.ledger.Hash;
import io.mooring.ledger.Payload;
import io.mooring.ledger.Salt;
import io.mooring.ledger.Submission;
import io.mooring.platform.LedgerId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A write that lacks nothing but its place: entries salted and hashed, answer sealed. None of it
 * changes when a race is lost, because no entry says where it stands. {@code contents} are the ones
 * that are to be stored before the commit; a write that comes out of the intake has none left.
 */
record Prepared(
    LedgerId ledger,
    Attempt attempt,
    List<KeptEntry> entries,
    List<Hash> leaves,
    List<Effect> effects,
    boolean closing,
    Basis basis,
    List<ErasableContent> contents,
    long madeMillis,
    int transactions,
    long weight) {
  Prepared {
    entries = List.copyOf(entries);
    leaves = List.copyOf(leaves);
    effects = List.copyOf(effects);
    contents = List.copyOf(contents);
  }

  static Prepared of(
      LedgerId ledger,
      Attempt attempt,
      List<KeptEntry> entries,
      List<Effect> effects,
      boolean closing,
      Basis basis,
      List<ErasableContent> contents,
      long madeMillis,
      int transactions) {
    return new Prepared(
        ledger,
        attempt,
        entries,
        entries.stream().map(KeptEntry::leaf).toList(),
        effects,
        closing,
        basis,
        contents,
        madeMillis,
        transactions,
        entries.stream().mapToLong(KeptEntry::weight).sum());
  }

  /** Does all that can be done before a place is known, on the caller's thread. */
  static Prepared of(Write write, RandomGenerator random, long wallMillis) {
    if (write.entries().isEmpty()) {
      throw new IllegalArgumentException("a write has at least one entry");
    }
    Attempt.Key key = key(write.repetition(), random);
    Hash keyHash = key instanceof Attempt.Keyed keyed ? keyed.key() : Hash.ofNothing();
    // One draw for all: a generator that nobody can predict is slow, and shared.
    byte[] drawn = new byte[AttemptId.BYTES + Salt.BYTES * write.entries().size()];
    random.nextBytes(drawn);
    AttemptId id = AttemptId.of(Arrays.copyOf(drawn, AttemptId.BYTES));
    List<KeptEntry> entries = new ArrayList<>(write.entries().size());
    List<ErasableContent> contents = new ArrayList<>();
    for (NewEntry entry : write.entries()) {
      int from = AttemptId.BYTES + entries.size() * Salt.BYTES;
      Salt salt = Salt.of(Arrays.copyOfRange(drawn, from, from + Salt.BYTES));
      Submission submission = new Submission(write.submitter(), entry.clientTimeMillis(), keyHash);
      entries.add(kept(entry, salt, submission, contents));
    }
    return of(
        write.ledger(),
        new Attempt(id, entries.size(), key, Cost.unpriced(write.submitter(), write.usages())),
        entries,
        write.effects(),
        write.closing(),
        write.basis(),
        contents,
        wallMillis,
        write.transactions());
  }

  /** One without entries, which gives the ledger's escrows back to the purse. */
  static Prepared release(LedgerId ledger, RandomGenerator random, long wallMillis) {
    return of(
        ledger,
        new Attempt(AttemptId.random(random), 0, new Attempt.Unkeyed()),
        List.of(),
        List.of(),
        false,
        new Basis.Any(),
        List.of(),
        wallMillis,
        1);
  }

  /** Whether it only gives the escrows back. */
  boolean releases() {
    return entries.isEmpty();
  }

  private static KeptEntry kept(
      NewEntry entry, Salt salt, Submission submission, List<ErasableContent> contents) {
    return switch (entry.content()) {
      case Content.Kept(String contentType, byte[] bytes) ->
          new KeptEntry(
              envelope(entry, Payload.salted(salt, bytes, contentType), submission),
              new KeptEntry.Here(salt, bytes));
      case Content.Erasable(String contentType, byte[] bytes) -> {
        ErasableContent apart = new ErasableContent(salt, bytes);
        contents.add(apart);
        yield new KeptEntry(
            envelope(entry, Payload.salted(salt, bytes, contentType), submission),
            new KeptEntry.Apart(apart.sha256()));
      }
      case Content.Stored(String contentType, Hash sha256, long length) ->
          new KeptEntry(
              envelope(entry, Payload.salted(salt, sha256, length, contentType), submission),
              new KeptEntry.Blob(salt, sha256));
    };
  }

  private static byte[] envelope(NewEntry entry, Payload payload, Submission submission) {
    return new Entry(
            entry.type(),
            entry.subject(),
            payload,
            submission,
            entry.device(),
            entry.claimsDigest())
        .toBytes();
  }

  private static Attempt.Key key(Repetition repetition, RandomGenerator random) {
    return switch (repetition) {
      case Repetition.Free() -> new Attempt.Unkeyed();
      case Repetition.Keyed keyed ->
          new Attempt.Keyed(
              keyed.key().hash(),
              keyed.key().blind(keyed.body()),
              Seal.close(keyed.key(), keyed.answer(), random));
    };
  }
}
