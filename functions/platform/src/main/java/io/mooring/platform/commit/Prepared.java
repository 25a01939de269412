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
 * changes when a race is lost, because no entry says where it stands.
 */
record Prepared(
    LedgerId ledger,
    Attempt attempt,
    List<KeptEntry> entries,
    List<Hash> leaves,
    List<Effect> effects,
    boolean closing,
    long weight) {
  Prepared {
    entries = List.copyOf(entries);
    leaves = List.copyOf(leaves);
    effects = List.copyOf(effects);
  }

  static Prepared of(
      LedgerId ledger,
      Attempt attempt,
      List<KeptEntry> entries,
      List<Effect> effects,
      boolean closing) {
    return new Prepared(
        ledger,
        attempt,
        entries,
        entries.stream().map(KeptEntry::leaf).toList(),
        effects,
        closing,
        entries.stream().mapToLong(KeptEntry::weight).sum());
  }

  /** Does all that can be done before a place is known, on the caller's thread. */
  static Prepared of(Write write, RandomGenerator random) {
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
    for (NewEntry entry : write.entries()) {
      int from = AttemptId.BYTES + entries.size() * Salt.BYTES;
      Salt salt = Salt.of(Arrays.copyOfRange(drawn, from, from + Salt.BYTES));
      Submission submission = new Submission(write.submitter(), entry.clientTimeMillis(), keyHash);
      entries.add(kept(entry, salt, submission));
    }
    return of(
        write.ledger(),
        new Attempt(id, entries.size(), key),
        entries,
        write.effects(),
        write.closing());
  }

  private static KeptEntry kept(NewEntry entry, Salt salt, Submission submission) {
    return switch (entry.content()) {
      case Content.Kept(String contentType, byte[] bytes) ->
          new KeptEntry(
              envelope(entry, Payload.salted(salt, bytes, contentType), submission),
              salt,
              KeptEntry.Kind.HERE,
              bytes);
      case Content.Stored(String contentType, Hash sha256, long length) ->
          new KeptEntry(
              envelope(entry, Payload.salted(salt, sha256, length, contentType), submission),
              salt,
              KeptEntry.Kind.ELSEWHERE,
              sha256.bytes());
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
              keyed.key().hash(), keyed.body(), Seal.close(keyed.key(), keyed.answer(), random));
    };
  }
}
