package io.mooring.ledgers;

import io.mooring.platform.problem.Refusal;

/** Why a request about ledgers is refused, in the order in which it is checked. */
public enum LedgerRefusal implements Refusal {
  LEDGER_KIND_UNKNOWN(
      "LedgerKindUnknown",
      400,
      "There is no such kind of ledger",
      false,
      "Ask for one of the kinds that exist: log."),
  LEDGER_NOT_FOUND(
      "LedgerNotFound",
      404,
      "There is no such ledger",
      false,
      "Check the id or name, and that the credential belongs to the ledger's tenant."),
  LEDGER_NAME_TAKEN(
      "LedgerNameTaken",
      409,
      "Another ledger of the tenant has that name",
      false,
      "Choose another name, or use the ledger that has it."),
  JOURNAL_IS_KEPT(
      "JournalIsKept",
      403,
      "The journal is written by the platform",
      false,
      "Create a ledger of your own and append there."),
  LEDGER_TAKES_NO_ENTRIES(
      "LedgerTakesNoEntries",
      409,
      "The entries of this ledger are made by its kind",
      false,
      "Send transactions to a chain, or append to a ledger of kind log."),
  ENTRY_INVALID(
      "EntryInvalid",
      400,
      "The entry is not one that a ledger takes",
      false,
      "Send type, and data or bytes or blob, within the limits of GET /v1/limits."),
  ENTRY_TOO_LARGE(
      "EntryTooLarge",
      413,
      "The entry's payload is too large",
      false,
      "Upload it as a blob (POST /v1/blobs) and append its SHA-256."),
  BATCH_TOO_LARGE(
      "BatchTooLarge",
      413,
      "The batch has too many entries",
      false,
      "Send at most batchEntriesMax entries, in a body of at most bodyBytesMax."),
  BLOB_NOT_FOUND(
      "BlobNotFound",
      404,
      "The blob has not been uploaded",
      true,
      "Upload the bytes to the address that POST /v1/blobs gave, then append again."),
  BLOB_DIFFERS(
      "BlobDiffers",
      409,
      "What was uploaded is not what was announced",
      false,
      "Upload exactly the bytes whose SHA-256 and length were announced."),
  ENTRY_NOT_FOUND(
      "EntryNotFound",
      404,
      "The ledger has no such entry",
      false,
      "Ask for an index below the size in the checkpoint."),
  ENTRY_NOT_ERASABLE(
      "EntryNotErasable",
      409,
      "The entry was not appended as erasable",
      false,
      "Append with erasable: true what may have to be erased; what stands in a commit stays in it."),
  CONTENT_RETAINED(
      "ContentRetained",
      409,
      "The ledger still has to keep this content",
      false,
      "Erase it when the ledger's retentionDays are over."),
  CONTENT_ERASED(
      "ContentErased",
      410,
      "The content was erased",
      false,
      "The entry's proof still holds; the entry itself names the one that says who erased it."),
  SIZE_NOT_REACHED(
      "SizeNotReached",
      404,
      "The ledger is smaller than min-size",
      true,
      "Ask again after the append that you are waiting for was acknowledged."),
  LOG_FILE_NOT_FOUND(
      "LogFileNotFound",
      404,
      "The log has no such file at its present size",
      false,
      "Ask for the files that the checkpoint's size implies (c2sp.org/tlog-tiles).");

  private final Said said;

  LedgerRefusal(String code, int status, String title, boolean retryable, String remedy) {
    this.said = new Said(code, status, title, retryable, remedy);
  }

  @Override
  public Said said() {
    return said;
  }
}
