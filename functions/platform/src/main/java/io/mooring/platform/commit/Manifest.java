package io.mooring.platform.commit;

import io.mooring.ledger.Hash;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.cbor.CborReader;
import io.mooring.ledger.cbor.CborWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Which writes a commit carries, and the leaf hashes of their entries: with the frontier before,
 * all that anyone needs to build any of the commit's proofs.
 *
 * <pre>
 * [ [ attempt, … ], leaf hashes in one byte string ]
 * attempt = [ id, entries ]  or  [ id, entries, key hash, body hash, sealed answer ],
 *           and a {@link Cost} at the end of either where the write used something
 * </pre>
 */
public record Manifest(List<Attempt> attempts, List<Hash> leaves) {
  private static final int UNKEYED = 2;
  private static final int KEYED = 5;
  private static final int SEALED_ANSWER_BYTES_MAX = 2 * Repetition.Keyed.ANSWER_BYTES_MAX;

  public Manifest {
    attempts = List.copyOf(attempts);
    leaves = List.copyOf(leaves);
    if (attempts.stream().mapToLong(Attempt::entries).sum() != leaves.size()) {
      throw new MalformedException("a manifest has one leaf for each entry of its attempts");
    }
  }

  byte[] toBytes() {
    CborWriter cbor = new CborWriter();
    cbor.array(2).array(attempts.size());
    for (Attempt attempt : attempts) {
      int cost = attempt.cost().isNone() ? 0 : 1;
      switch (attempt.key()) {
        case Attempt.Unkeyed() ->
            cbor.array(UNKEYED + cost).bytes(attempt.id().bytes()).unsigned(attempt.entries());
        case Attempt.Keyed keyed ->
            cbor.array(KEYED + cost)
                .bytes(attempt.id().bytes())
                .unsigned(attempt.entries())
                .bytes(keyed.key().bytes())
                .bytes(keyed.body().bytes())
                .bytes(keyed.sealedAnswer());
      }
      if (cost > 0) {
        attempt.cost().writeTo(cbor);
      }
    }
    byte[] hashes = new byte[leaves.size() * Hash.BYTES];
    for (int i = 0; i < leaves.size(); i++) {
      leaves.get(i).copyTo(hashes, i * Hash.BYTES);
    }
    return cbor.bytes(hashes).toBytes();
  }

  static Manifest ofBytes(byte[] bytes) {
    CborReader cbor = new CborReader(bytes);
    requireItems(cbor.array(2), 2);
    int attempts = cbor.array(Body.ENTRIES_MAX);
    List<Attempt> list = new ArrayList<>(attempts);
    for (int i = 0; i < attempts; i++) {
      list.add(attempt(cbor));
    }
    byte[] hashes = cbor.bytes(Body.ENTRIES_MAX * Hash.BYTES);
    cbor.end();
    if (hashes.length % Hash.BYTES != 0) {
      throw new MalformedException("leaf hashes have " + Hash.BYTES + " bytes each");
    }
    List<Hash> leaves = new ArrayList<>(hashes.length / Hash.BYTES);
    for (int at = 0; at < hashes.length; at += Hash.BYTES) {
      leaves.add(Hash.at(hashes, at));
    }
    return new Manifest(list, leaves);
  }

  private static Attempt attempt(CborReader cbor) {
    int items = cbor.array(KEYED + 1);
    AttemptId id = AttemptId.of(cbor.bytes(AttemptId.BYTES));
    int entries = Math.toIntExact(cbor.unsigned());
    boolean keyed = items >= KEYED;
    boolean costs = items == UNKEYED + 1 || items == KEYED + 1;
    requireItems(items, (keyed ? KEYED : UNKEYED) + (costs ? 1 : 0));
    Attempt.Key key = keyed ? key(cbor) : new Attempt.Unkeyed();
    return new Attempt(id, entries, key, costs ? Cost.readFrom(cbor) : Cost.NONE);
  }

  private static Attempt.Key key(CborReader cbor) {
    Hash key = Hash.of(cbor.bytes(Hash.BYTES));
    Hash body = Hash.of(cbor.bytes(Hash.BYTES));
    return new Attempt.Keyed(key, body, cbor.bytes(SEALED_ANSWER_BYTES_MAX));
  }

  private static void requireItems(int items, int expected) {
    if (items != expected) {
      throw new MalformedException("a manifest's array has " + expected + " items, not " + items);
    }
  }
}
