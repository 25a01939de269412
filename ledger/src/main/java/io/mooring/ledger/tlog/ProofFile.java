package io.mooring.ledger.tlog;

import io.mooring.ledger.CanonicalBase64;
import io.mooring.ledger.Decimal;
import io.mooring.ledger.Hash;
import io.mooring.ledger.InclusionProof;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.Utf8;
import io.mooring.ledger.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@code .tlog-proof} file: that an entry stands at an index under a signed checkpoint, checkable
 * without a network (C2SP tlog-proof).
 *
 * <p>The extra data is whatever helps a verifier to know the leaf; Mooring puts the entry's bytes
 * there. It is believed only because it hashes to the leaf.
 */
public final class ProofFile {
  public static final int BYTES_MAX = 1 << 21;

  /** What the deepest tree that can be has between a leaf and its root. */
  public static final int PATH_MAX = 63;

  private static final String FIRST_LINE = "c2sp.org/tlog-proof@v1\n";
  private static final String EXTRA = "extra ";
  private static final String INDEX = "index ";

  private final byte[] extra;
  private final InclusionProof proof;
  private final SignedCheckpoint signed;

  public ProofFile(byte[] extra, InclusionProof proof, SignedCheckpoint signed) {
    if (proof.index() < 0 || proof.path().size() > PATH_MAX) {
      throw new MalformedException("a proof has an index and at most " + PATH_MAX + " hashes");
    }
    this.extra = extra.clone();
    this.proof = proof;
    this.signed = signed;
  }

  /** The extra data, empty when there is none. */
  public byte[] extra() {
    return extra.clone();
  }

  public InclusionProof proof() {
    return proof;
  }

  public SignedCheckpoint signed() {
    return signed;
  }

  /** Checks the checkpoint's origin and signatures first, then the path from {@code leaf}. */
  public Verdict check(Hash leaf, Policy policy) {
    Verdict believed = policy.check(signed);
    return believed.verified() ? proof.check(leaf, signed.checkpoint().head()) : believed;
  }

  public String encoded() {
    StringBuilder file = new StringBuilder(FIRST_LINE);
    if (extra.length > 0) {
      file.append(EXTRA).append(CanonicalBase64.encode(extra)).append('\n');
    }
    file.append(INDEX).append(proof.index()).append('\n');
    proof.path().forEach(hash -> file.append(hash.base64()).append('\n'));
    return file.append('\n').append(signed.encoded()).toString();
  }

  public static ProofFile parse(byte[] bytes) {
    if (bytes.length > BYTES_MAX) {
      throw new MalformedException("a proof file has at most " + BYTES_MAX + " bytes");
    }
    return parse(Utf8.decode(bytes));
  }

  public static ProofFile parse(String file) {
    if (file.length() > BYTES_MAX) {
      throw new MalformedException("a proof file has at most " + BYTES_MAX + " bytes");
    }
    if (!file.startsWith(FIRST_LINE)) {
      throw new MalformedException("a proof file begins with " + FIRST_LINE.strip());
    }
    int blank = file.indexOf("\n\n");
    if (blank < FIRST_LINE.length()) {
      throw new MalformedException("a proof file has a blank line before its checkpoint");
    }
    List<String> lines =
        new ArrayList<>(List.of(file.substring(FIRST_LINE.length(), blank).split("\n", -1)));
    byte[] extra = new byte[0];
    if (lines.getFirst().startsWith(EXTRA)) {
      extra = CanonicalBase64.decode(lines.removeFirst().substring(EXTRA.length()));
      if (extra.length == 0) {
        throw new MalformedException("a proof file without extra data has no extra line");
      }
    }
    if (lines.isEmpty() || !lines.getFirst().startsWith(INDEX)) {
      throw new MalformedException("a proof file names the index of its entry");
    }
    long index = Decimal.parse(lines.removeFirst().substring(INDEX.length()));
    if (lines.size() > PATH_MAX) {
      throw new MalformedException("a proof has at most " + PATH_MAX + " hashes");
    }
    List<Hash> path = lines.stream().map(Hash::ofBase64).toList();
    SignedCheckpoint signed = SignedCheckpoint.parse(file.substring(blank + 2));
    return new ProofFile(extra, new InclusionProof(index, path), signed);
  }
}
