package io.mooring.ledger;

import io.mooring.ledger.cbor.CborReader;
import io.mooring.ledger.cbor.CborWriter;
import java.util.Arrays;

/** Writes and reads the map that {@link Entry} describes. */
final class EntryCbor {
  private EntryCbor() {}

  static byte[] write(Entry entry) {
    Payload payload = entry.payload();
    Submission submission = entry.submission();
    DeviceCount device = entry.device();
    boolean timed = submission.clientTimeMillis() != 0;
    boolean keyed = !submission.idempotencyKeyHash().equals(Hash.ofNothing());
    boolean claims = !entry.claimsDigest().equals(Hash.ofNothing());
    CborWriter cbor = new CborWriter();
    cbor.map(
        4
            + count(!payload.contentType().isEmpty())
            + count(payload.salted())
            + count(!entry.subject().isEmpty())
            + count(!submission.keyId().isEmpty())
            + count(timed)
            + 2 * count(!device.isNone())
            + count(keyed)
            + count(claims));
    cbor.unsigned(Key.VERSION).unsigned(Entry.VERSION);
    cbor.unsigned(Key.TYPE).text(entry.type());
    cbor.unsigned(Key.PAYLOAD_HASH).bytes(payload.hash().bytes());
    cbor.unsigned(Key.PAYLOAD_LENGTH).unsigned(payload.length());
    text(cbor, Key.CONTENT_TYPE, payload.contentType());
    if (payload.salted()) {
      cbor.unsigned(Key.SALTED).bool(true);
    }
    text(cbor, Key.SUBJECT, entry.subject());
    text(cbor, Key.SUBMITTER, submission.keyId());
    if (timed) {
      cbor.unsigned(Key.CLIENT_TIME).unsigned(submission.clientTimeMillis());
    }
    if (!device.isNone()) {
      cbor.unsigned(Key.DEVICE).text(device.deviceId());
      cbor.unsigned(Key.DEVICE_COUNTER).unsigned(device.counter());
    }
    if (keyed) {
      cbor.unsigned(Key.IDEMPOTENCY_KEY).bytes(submission.idempotencyKeyHash().bytes());
    }
    if (claims) {
      cbor.unsigned(Key.CLAIMS).bytes(entry.claimsDigest().bytes());
    }
    return cbor.toBytes();
  }

  static Entry read(byte[] bytes) {
    if (bytes.length > Entry.BYTES_MAX) {
      throw new MalformedException("an entry has at most " + Entry.BYTES_MAX + " bytes");
    }
    CborReader cbor = new CborReader(bytes);
    Fields fields = new Fields(cbor);
    cbor.numberedMap(Key.CLAIMS, fields::read);
    cbor.end();
    Entry entry = fields.entry();
    // A field that says nothing, or half of a device, has another spelling: refuse this one.
    if (!Arrays.equals(bytes, write(entry))) {
      throw new MalformedException("an entry leaves out what says nothing, and nothing else");
    }
    return entry;
  }

  private static int count(boolean present) {
    return present ? 1 : 0;
  }

  private static void text(CborWriter cbor, int key, String text) {
    if (!text.isEmpty()) {
      cbor.unsigned(key).text(text);
    }
  }

  /** The keys of the map. */
  private static final class Key {
    static final int VERSION = 1;
    static final int TYPE = 2;
    static final int PAYLOAD_HASH = 3;
    static final int PAYLOAD_LENGTH = 4;
    static final int CONTENT_TYPE = 5;
    static final int SALTED = 6;
    static final int SUBJECT = 7;
    static final int SUBMITTER = 8;
    static final int CLIENT_TIME = 9;
    static final int DEVICE = 10;
    static final int DEVICE_COUNTER = 11;
    static final int IDEMPOTENCY_KEY = 12;
    static final int CLAIMS = 13;
  }

  /** The fields read so far, each as it is when it is left out. */
  private static final class Fields {
    private final CborReader cbor;
    private long version;
    private String type = "";
    private Hash payloadHash = Hash.ofNothing();
    private long payloadLength;
    private String contentType = "";
    private boolean salted;
    private String subject = "";
    private String submitter = "";
    private long clientTimeMillis;
    private String deviceId = "";
    private long deviceCounter;
    private Hash idempotencyKeyHash = Hash.ofNothing();
    private Hash claimsDigest = Hash.ofNothing();

    Fields(CborReader cbor) {
      this.cbor = cbor;
    }

    void read(long key) {
      switch ((int) Math.min(key, Integer.MAX_VALUE)) {
        case Key.VERSION -> version = cbor.unsigned();
        case Key.TYPE -> type = cbor.text(Entry.TYPE_BYTES_MAX);
        case Key.PAYLOAD_HASH -> payloadHash = hash();
        case Key.PAYLOAD_LENGTH -> payloadLength = cbor.unsigned();
        case Key.CONTENT_TYPE -> contentType = cbor.text(Payload.CONTENT_TYPE_BYTES_MAX);
        case Key.SALTED -> salted = cbor.bool();
        case Key.SUBJECT -> subject = cbor.text(Entry.SUBJECT_BYTES_MAX);
        case Key.SUBMITTER -> submitter = cbor.text(Submission.KEY_ID_BYTES_MAX);
        case Key.CLIENT_TIME -> clientTimeMillis = cbor.unsigned();
        case Key.DEVICE -> deviceId = cbor.text(DeviceCount.DEVICE_ID_BYTES_MAX);
        case Key.DEVICE_COUNTER -> deviceCounter = cbor.unsigned();
        case Key.IDEMPOTENCY_KEY -> idempotencyKeyHash = hash();
        case Key.CLAIMS -> claimsDigest = hash();
        default -> throw new MalformedException("an entry has no field " + key);
      }
    }

    Entry entry() {
      if (version != Entry.VERSION) {
        throw new MalformedException("entries of version " + version + " are not known here");
      }
      return new Entry(
          type,
          subject,
          new Payload(payloadHash, payloadLength, contentType, salted),
          new Submission(submitter, clientTimeMillis, idempotencyKeyHash),
          new DeviceCount(deviceId, deviceCounter),
          claimsDigest);
    }

    private Hash hash() {
      return Hash.of(cbor.bytes(Hash.BYTES));
    }
  }
}
