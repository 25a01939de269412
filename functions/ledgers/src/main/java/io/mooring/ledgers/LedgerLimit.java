package io.mooring.ledgers;

import io.mooring.ledger.Entry;
import io.mooring.ledger.Payload;
import io.mooring.platform.commit.Write;
import io.mooring.platform.limit.Bound;
import io.mooring.platform.limit.Limit;

/** The bounds of what a ledger takes and gives. */
public enum LedgerLimit implements Limit {
  LEDGER_NAME_CHARACTERS_MAX("ledgerNameCharactersMax", LedgerName.CHARS_MAX),
  ENTRY_TYPE_BYTES_MAX("entryTypeBytesMax", Entry.TYPE_BYTES_MAX),
  ENTRY_SUBJECT_BYTES_MAX("entrySubjectBytesMax", Entry.SUBJECT_BYTES_MAX),
  ENTRY_CONTENT_TYPE_BYTES_MAX("entryContentTypeBytesMax", Payload.CONTENT_TYPE_BYTES_MAX),
  ENTRY_PAYLOAD_BYTES_MAX("entryPayloadBytesMax", 256 * 1024),
  BATCH_ENTRIES_MAX("batchEntriesMax", Write.ENTRIES_MAX),
  ERASABLE_ENTRIES_MAX("erasableEntriesMax", Write.ERASABLE_ENTRIES_MAX),
  BLOB_BYTES_MAX("blobBytesMax", 5L * 1024 * 1024 * 1024),
  BLOB_UPLOAD_SECONDS("blobUploadSeconds", 3_600),
  STREAM_SECONDS_MAX("streamSecondsMax", 900),
  UPKEEP_SECONDS("upkeepSeconds", 10);

  private final Bound bound;

  LedgerLimit(String word, long value) {
    this.bound = new Bound(word, value);
  }

  @Override
  public Bound bound() {
    return bound;
  }
}
