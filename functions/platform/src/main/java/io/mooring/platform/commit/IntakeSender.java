package io.mooring.platform.commit;

import io.mooring.ledger.Hash;
import io.mooring.platform.blob.BlobName;
import io.mooring.platform.blob.Blobs;
import io.mooring.platform.commit.IntakeMessage.Carried;
import java.util.List;

/** Sends prepared writes to the intake; a large one as a blob and a reference to it. */
final class IntakeSender {
  /** Room in a message for all but the body. */
  private static final int ENVELOPE_BYTES = 1024;

  private final Intake intake;
  private final Blobs blobs;

  IntakeSender(Intake intake, Blobs blobs) {
    this.intake = intake;
    this.blobs = blobs;
  }

  /** Effects and a basis need an answer of their own when refused, which the intake cannot give. */
  static boolean takes(Prepared write) {
    return write.effects().isEmpty() && !write.closing() && write.basis() instanceof Basis.Any;
  }

  void send(Prepared write, long sentAfter) {
    Manifest manifest = new Manifest(List.of(write.attempt()), write.leaves());
    byte[] body = new Body(manifest, write.entries(), write.effects()).toBytes();
    Carried carried = new Carried.Here(body);
    if (body.length > Intake.MESSAGE_BYTES_MAX - ENVELOPE_BYTES) {
      Hash sha256 = Hash.ofBytes(body);
      blobs.create(BlobName.intake(write.ledger(), sha256), body);
      carried = new Carried.InBlob(sha256);
    }
    IntakeMessage message =
        new IntakeMessage(write.ledger(), sentAfter, write.madeMillis(), carried);
    intake.send(write.ledger(), message.toBytes());
  }
}
