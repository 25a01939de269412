package io.mooring.platform.commit;

import io.mooring.ledger.Hash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The writes of one group, packed as a commit will carry them, wherever it will stand. */
final class Batch {
  /** A body up to this size stands in the record; a larger one is a segment. */
  static final int INLINE_BYTES_MAX = 8 * 1024;

  /** A manifest up to this size is copied into the record beside a segment. */
  static final int MANIFEST_BYTES_MAX = 8 * 1024;

  private static final byte[] NONE = {};

  private final List<Ticket> tickets;
  private final Body body;
  private final Carriage carriage;
  private final byte[] segment;

  private Batch(List<Ticket> tickets, Body body, Carriage carriage, byte[] segment) {
    this.tickets = tickets;
    this.body = body;
    this.carriage = carriage;
    this.segment = segment;
  }

  /** The batch of writes of which nobody knows a price. */
  static Batch of(List<Ticket> tickets) {
    return of(tickets, Collections.nCopies(tickets.size(), Cost.NONE));
  }

  /** The batch of writes at these costs. */
  static Batch of(List<Ticket> tickets, List<Cost> costs) {
    List<Prepared> writes = tickets.stream().map(Ticket::write).toList();
    List<Attempt> attempts = new ArrayList<>(writes.size());
    for (int i = 0; i < writes.size(); i++) {
      attempts.add(writes.get(i).attempt().costing(costs.get(i)));
    }
    Manifest manifest =
        new Manifest(attempts, writes.stream().flatMap(write -> write.leaves().stream()).toList());
    Body body =
        new Body(
            manifest,
            writes.stream().flatMap(write -> write.entries().stream()).toList(),
            writes.stream().flatMap(write -> write.effects().stream()).distinct().toList());
    byte[] manifestBytes = manifest.toBytes();
    byte[] bytes = body.toBytes(manifestBytes);
    if (bytes.length <= INLINE_BYTES_MAX) {
      return new Batch(tickets, body, new Carriage.Inline(bytes), NONE);
    }
    byte[] copied = manifestBytes.length <= MANIFEST_BYTES_MAX ? manifestBytes : NONE;
    return new Batch(
        tickets, body, new Carriage.Segment(Hash.ofBytes(bytes), bytes.length, copied), bytes);
  }

  List<Ticket> tickets() {
    return tickets;
  }

  /** Whether this carries these writes at these costs; if so, its segment may stand. */
  boolean carries(List<Ticket> others, List<Cost> costs) {
    return tickets.size() == others.size()
        && manifest().attempts().stream().map(Attempt::cost).toList().equals(costs);
  }

  Body body() {
    return body;
  }

  Manifest manifest() {
    return body.manifest();
  }

  long weight() {
    return tickets.stream().mapToLong(ticket -> ticket.write().weight()).sum();
  }

  List<Effect> effects() {
    return body.effects();
  }

  Carriage carriage() {
    return carriage;
  }

  boolean closing() {
    return tickets.stream().anyMatch(ticket -> ticket.write().closing());
  }

  /** The bytes to store before the record may name them, if they do not stand in it. */
  Optional<byte[]> segment() {
    return segment.length == 0 ? Optional.empty() : Optional.of(segment);
  }
}
