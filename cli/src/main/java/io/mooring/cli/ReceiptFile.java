package io.mooring.cli;

import io.mooring.ledger.CanonicalBase64;
import io.mooring.ledger.Hash;
import io.mooring.ledger.InclusionProof;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.tlog.ProofFile;
import io.mooring.ledger.tlog.SignedCheckpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answer to an append, as whoever appended kept it: a proof file in JSON, with the salt of the
 * entry's commitment. Together with the bytes that were sent it needs nothing else.
 */
record ReceiptFile(ProofFile proof, Hash leafHash, String salt) {
  /**
   * Reads a receipt, or nothing where the bytes are none; a receipt that lacks a part is malformed.
   */
  static Optional<ReceiptFile> read(byte[] bytes) {
    return Json.readObject(bytes)
        .filter(json -> json.containsKey("leafHash"))
        .map(ReceiptFile::receipt);
  }

  private static ReceiptFile receipt(Map<String, Object> json) {
    if (!(json.get("index") instanceof Long index)
        || !(json.get("proof") instanceof List<?> path)) {
      throw new MalformedException("a receipt has an index and a proof");
    }
    List<Hash> hashes = new ArrayList<>();
    path.forEach(hash -> hashes.add(Hash.ofBase64(hash.toString())));
    ProofFile proof =
        new ProofFile(
            CanonicalBase64.decode(text(json, "entry")),
            new InclusionProof(index, hashes),
            SignedCheckpoint.parse(text(json, "checkpoint")));
    String salt = json.getOrDefault("salt", "").toString();
    return new ReceiptFile(proof, Hash.ofBase64(text(json, "leafHash")), salt);
  }

  private static String text(Map<String, Object> json, String member) {
    if (json.get(member) instanceof String text) {
      return text;
    }
    throw new MalformedException("a receipt has a member " + member);
  }

  /** Whether the leaf hash that it names is the one of its entry. */
  Finding judge() {
    return leafHash.equals(Hash.ofLeaf(proof.extra()))
        ? Finding.valid("receipt", "its leaf hash is that of its entry")
        : Finding.invalid("receipt", "its leaf hash is not that of its entry");
  }
}
