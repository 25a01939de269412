package io.mooring.ledger;

/** What a verifier concluded. A refusal always names the first check that failed. */
public sealed interface Verdict {
  record Verified() implements Verdict {}

  record Refuted(Reason reason) implements Verdict {}

  /** Listed in the order the checks run; when several apply, the first is reported. */
  enum Reason {
    /** The checkpoint is of another log than the one asked about. */
    ORIGIN_DIFFERS,
    /** A known key is named beside a signature that it did not make. */
    SIGNATURE_WRONG,
    /** No key that the verifier trusts has signed. */
    NOT_SIGNED_BY_A_KNOWN_KEY,
    /** Fewer witnesses than asked for have cosigned, or not lately enough. */
    TOO_FEW_COSIGNATURES,
    /** The second tree is smaller than the first. */
    SIZE_SHRANK,
    /** The entry would stand beyond the end of the tree. */
    INDEX_BEYOND_HEAD,
    PATH_TOO_LONG,
    PATH_TOO_SHORT,
    /** The proof does not lead to the root of the older tree. */
    OLD_ROOT_DIFFERS,
    /** The proof does not lead to the root of the tree. */
    ROOT_DIFFERS
  }

  default boolean verified() {
    return this instanceof Verified;
  }
}
