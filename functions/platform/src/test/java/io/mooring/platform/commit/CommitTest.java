package io.mooring.platform.commit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mooring.ledger.Frontier;
import io.mooring.ledger.Hash;
import io.mooring.ledger.MalformedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommitTest {
  private static final Hash LEAF = Hash.ofLeaf("leaf".getBytes());
  private static final Frontier THREE = Frontier.empty().appendAll(List.of(LEAF, LEAF, LEAF));
  private static final Carriage INLINE = new Carriage.Inline("body".getBytes());

  static Stream<Commit> everyShape() {
    Carriage segment = new Carriage.Segment(LEAF, 9_000, new byte[0]);
    Carriage copied = new Carriage.Segment(LEAF, 9_000, "manifest".getBytes());
    return Stream.of(INLINE, segment, copied)
        .flatMap(
            carriage ->
                Stream.of(
                    new Commit(1, 0, THREE, Commit.NO_PREVIOUS, 5, 0, false, carriage),
                    new Commit(7, 2, THREE, LEAF, 5, 6, true, carriage)));
  }

  @ParameterizedTest
  @MethodSource("everyShape")
  void readsExactlyWhatItWrites(Commit commit) {
    byte[] bytes = commit.toBytes();
    assertArrayEquals(bytes, Commit.ofBytes(bytes).toBytes());
    assertEquals(commit.head(), Commit.ofBytes(bytes).head());
  }

  /** Some bits are free (a hash, a time), but no bytes are read that would be written otherwise. */
  @ParameterizedTest
  @MethodSource("everyShape")
  void refusesEveryOtherSpelling(Commit commit) {
    byte[] bytes = commit.toBytes();
    for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
      byte[] bent = bytes.clone();
      bent[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      try {
        assertArrayEquals(bent, Commit.ofBytes(bent).toBytes());
      } catch (MalformedException refused) {
        continue;
      }
    }
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows(MalformedException.class, () -> Commit.ofBytes(cut));
    }
  }

  @Test
  void refusesARootThatIsNotItsFrontiers() {
    byte[] bytes = new Commit(7, 2, THREE, LEAF, 5, 6, false, INLINE).toBytes();
    byte[] root = THREE.root().bytes();
    int at = indexOf(bytes, root);
    bytes[at] ^= 1;
    assertThrows(MalformedException.class, () -> Commit.ofBytes(bytes));
  }

  @Test
  void onlyTheFirstCommitHasNoneBeforeIt() {
    assertThrows(
        MalformedException.class,
        () -> new Commit(2, 0, THREE, Commit.NO_PREVIOUS, 5, 0, false, INLINE));
    assertThrows(
        MalformedException.class, () -> new Commit(1, 0, THREE, LEAF, 5, 0, false, INLINE));
    assertThrows(
        MalformedException.class, () -> new Commit(3, 0, THREE, LEAF, 5, 3, false, INLINE));
  }

  @Test
  void aBodyReadsExactlyWhatItWritesAndNothingElse() {
    Random random = new Random(7);
    List<Ticket> tickets = new ArrayList<>();
    for (Write write :
        List.of(
            Bed.write("1", "2").once(Bed.key("k"), Bed.body("b"), "answer".getBytes()),
            Bed.write("3")
                .effect(Effect.create(Bed.MEMBER, "m".getBytes()))
                .effect(
                    Effect.check(
                        io.mooring.platform.table.Item.absent(
                            io.mooring.platform.table.Key.of(Bed.ACME, "MEMBER", "usr_2")))),
            Write.to(Bed.LEDGER)
                .entry(NewEntry.of("blob", "s", new Content.Stored("text/plain", LEAF, 9))),
            Write.to(Bed.LEDGER)
                .entry(NewEntry.of("note", "", new Content.Erasable("text/plain", new byte[9]))))) {
      tickets.add(new Ticket(Prepared.of(write, random, 0), Ticket.NEVER_SENT, 0, false, null));
    }
    Body body = Batch.of(tickets).body();
    byte[] bytes = body.toBytes();
    assertArrayEquals(bytes, Body.ofBytes(bytes).toBytes());
    assertEquals(body.entries().getLast().about(), Body.ofBytes(bytes).entries().getLast().about());
    for (int i = 0; i < 4_000; i++) {
      byte[] bent = bytes.clone();
      bent[random.nextInt(bent.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        assertArrayEquals(bent, Body.ofBytes(bent).toBytes());
      } catch (IllegalArgumentException refused) {
        continue;
      }
    }
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (int at = 0; at + part.length <= bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
        return at;
      }
    }
    throw new AssertionError("not found");
  }
}
