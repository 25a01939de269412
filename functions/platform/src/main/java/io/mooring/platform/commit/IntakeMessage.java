package io.mooring.platform.commit;

import io.mooring.ledger.Hash;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.cbor.CborReader;
import io.mooring.ledger.cbor.CborWriter;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;

/**
 * One write on its way through the intake: whose it is, the last commit that was known when it was
 * sent, when it was made, and its body, or the hash of a blob that holds it.
 *
 * <pre>
 * { 1: tenant, 2: ledger, 3: sent after commit, 4: made, millis, 5: body }
 * { 1, 2, 3, 4, 6: SHA-256 of the blob that is the body }
 * </pre>
 */
record IntakeMessage(LedgerId ledger, long sentAfter, long madeMillis, Carried carried) {
  private static final int TENANT = 1;
  private static final int LEDGER = 2;
  private static final int SENT_AFTER = 3;
  private static final int MADE = 4;
  private static final int BODY = 5;
  private static final int BLOB = 6;
  private static final int ID_BYTES_MAX = 64;

  /** The body, or where it is. */
  sealed interface Carried {
    record Here(byte[] body) implements Carried {}

    record InBlob(Hash sha256) implements Carried {}
  }

  byte[] toBytes() {
    CborWriter cbor = new CborWriter();
    cbor.map(5).unsigned(TENANT).text(ledger.tenant().value());
    cbor.unsigned(LEDGER).text(ledger.value()).unsigned(SENT_AFTER).unsigned(sentAfter);
    cbor.unsigned(MADE).unsigned(madeMillis);
    return switch (carried) {
      case Carried.Here(byte[] body) -> cbor.unsigned(BODY).bytes(body).toBytes();
      case Carried.InBlob(Hash sha256) -> cbor.unsigned(BLOB).bytes(sha256.bytes()).toBytes();
    };
  }

  static IntakeMessage ofBytes(byte[] bytes) {
    CborReader cbor = new CborReader(bytes);
    Fields fields = new Fields(cbor);
    cbor.numberedMap(5, fields::read);
    cbor.end();
    LedgerId ledger = new LedgerId(new TenantId(fields.tenant), fields.ledger);
    return new IntakeMessage(ledger, fields.sentAfter, fields.madeMillis, fields.carried);
  }

  private static final class Fields {
    private final CborReader cbor;
    private String tenant = "";
    private String ledger = "";
    private long sentAfter;
    private long madeMillis;
    private Carried carried = new Carried.Here(new byte[0]);

    Fields(CborReader cbor) {
      this.cbor = cbor;
    }

    void read(long key) {
      switch ((int) key) {
        case TENANT -> tenant = cbor.text(ID_BYTES_MAX);
        case LEDGER -> ledger = cbor.text(ID_BYTES_MAX);
        case SENT_AFTER -> sentAfter = cbor.unsigned();
        case MADE -> madeMillis = cbor.unsigned();
        case BODY -> carried = new Carried.Here(cbor.bytes(Intake.MESSAGE_BYTES_MAX));
        case BLOB -> carried = new Carried.InBlob(Hash.of(cbor.bytes(Hash.BYTES)));
        default -> throw new MalformedException("an intake message has no field " + key);
      }
    }
  }
}
