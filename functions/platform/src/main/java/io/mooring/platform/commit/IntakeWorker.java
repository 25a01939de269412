package io.mooring.platform.commit;

import io.mooring.ledger.Hash;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.blob.BlobsUnavailableException;
import io.mooring.platform.commit.GroupCommitter.Redelivered;
import io.mooring.platform.commit.Intake.Delivery;
import io.mooring.platform.commit.IntakeMessage.Carried;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Commits what is in the intake: many messages at once, so that each ledger among them takes one
 * commit. A message is done when its write is in the ledger or can never be; until then it comes
 * back, a bounded number of times.
 */
public final class IntakeWorker {
  /** How many messages are worked on at once. */
  public static final int MESSAGES_MAX = 1_000;

  /** How often a message is tried before it is put aside. */
  public static final int DELIVERIES_MAX = 10;

  /** How long the messages at hand may take; shorter than the queue's own patience. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Intake intake;
  private final Blobs blobs;
  private final GroupCommitter committer;

  public IntakeWorker(Intake intake, Blobs blobs, GroupCommitter committer) {
    this.intake = intake;
    this.blobs = blobs;
    this.committer = committer;
  }

  /** How long messages gather while there are many. */
  public static final long GATHER_MILLIS = 10;

  private static final long WAIT_MILLIS = 1_000;

  /** Works until {@code goOn} says no more. */
  public void workWhile(BooleanSupplier goOn, Pace pace) {
    while (goOn.getAsBoolean()) {
      if (work(WAIT_MILLIS) > 1) {
        pace.pause(GATHER_MILLIS);
      }
    }
  }

  /** Works on what comes within {@code waitMillis}; how many messages that were. */
  public int work(long waitMillis) {
    List<Delivery> deliveries = intake.receive(MESSAGES_MAX, waitMillis);
    work(deliveries);
    return deliveries.size();
  }

  /** Works on messages that somebody else received. */
  public void work(List<Delivery> deliveries) {
    List<Delivery> readable = new ArrayList<>();
    List<Redelivered> writes = new ArrayList<>();
    for (Delivery delivery : deliveries) {
      read(delivery)
          .ifPresent(
              write -> {
                readable.add(delivery);
                writes.add(write);
              });
    }
    List<Settlement> settlements = committer.commitAgain(writes, PATIENCE);
    List<Delivery> done = new ArrayList<>();
    for (int i = 0; i < readable.size(); i++) {
      if (isFinished(readable.get(i), settlements.get(i))) {
        done.add(readable.get(i));
      }
    }
    intake.done(done);
  }

  private Optional<Redelivered> read(Delivery delivery) {
    try {
      IntakeMessage message = IntakeMessage.ofBytes(delivery.message());
      Body body = Body.ofBytes(body(message));
      List<Attempt> attempts = body.manifest().attempts();
      if (attempts.size() != 1) {
        throw new IllegalArgumentException("a message has one attempt, not " + attempts.size());
      }
      Prepared write =
          Prepared.of(
              message.ledger(),
              attempts.getFirst(),
              body.entries(),
              body.effects(),
              false,
              new Basis.Any(),
              List.of(),
              message.madeMillis(),
              1);
      if (!write.leaves().equals(body.manifest().leaves()) || !IntakeSender.takes(write)) {
        throw new IllegalArgumentException("the message's leaves are not its entries'");
      }
      return Optional.of(new Redelivered(write, message.sentAfter()));
    } catch (BlobsUnavailableException e) {
      // It comes back by itself.
      return Optional.empty();
    } catch (IllegalArgumentException | TamperedException e) {
      intake.park(delivery, "cannot be read: " + e.getMessage());
      return Optional.empty();
    }
  }

  private byte[] body(IntakeMessage message) {
    return switch (message.carried()) {
      case Carried.Here(byte[] body) -> body;
      case Carried.InBlob(Hash sha256) -> {
        BlobName name = BlobName.intake(message.ledger(), sha256);
        byte[] body =
            blobs.get(name).orElseThrow(() -> new TamperedException("there is no blob " + name));
        if (!Hash.ofBytes(body).equals(sha256)) {
          throw new TamperedException("blob " + name + " has other bytes");
        }
        yield body;
      }
    };
  }

  /** Whether the message's write is in the ledger or can never be. */
  private boolean isFinished(Delivery delivery, Settlement settlement) {
    return switch (settlement) {
      case Settlement.Repeated repeated -> true;
      case Settlement.LandedBefore before -> true;
      case Settlement.Crowded crowded -> comesBack(delivery, "too many races were lost");
      case Settlement.Failed failed -> comesBack(delivery, String.valueOf(failed.fault()));
      case Settlement.Over(Outcome outcome) ->
          switch (outcome) {
            case Outcome.Won won -> true;
            case Outcome.Replayed replayed -> true;
            case Outcome.KeyReused reused -> true;
            case Outcome.LedgerClosed closed -> true;
            case Outcome.InFlight inFlight -> comesBack(delivery, "it was being committed");
            case Outcome.Busy busy -> comesBack(delivery, busy.reason());
            case Outcome.Pending pending -> comesBack(delivery, "its outcome stayed unknown");
            case Outcome.Tampered tampered -> comesBack(delivery, tampered.evidence());
            case Outcome.HeadMoved moved -> parked(delivery, "it asks for a head");
            case Outcome.EffectRefused refused -> parked(delivery, "it has effects");
            case Outcome.InsufficientCredit credit -> true;
          };
    };
  }

  /** Leaves the message to be delivered again, unless that has happened too often. */
  private boolean comesBack(Delivery delivery, String reason) {
    return delivery.times() >= DELIVERIES_MAX && parked(delivery, reason);
  }

  /** What is parked is in the intake no more. */
  private boolean parked(Delivery delivery, String reason) {
    intake.park(delivery, reason);
    return false;
  }
}
