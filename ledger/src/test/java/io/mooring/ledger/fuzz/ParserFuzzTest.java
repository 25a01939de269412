package io.mooring.ledger.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Every parser under a coverage-guided fuzzer. A plain run replays the inputs kept in {@code
 * src/test/resources}; {@code JAZZER_FUZZ=1 mvn test -pl ledger -Dtest=ParserFuzzTest#note} looks
 * for more for five minutes.
 */
class ParserFuzzTest {
  @FuzzTest
  void cbor(byte[] bytes) {
    Format.CBOR.mustRefuseOrKeep(bytes);
  }

  @FuzzTest
  void entry(byte[] bytes) {
    Format.ENTRY.mustRefuseOrKeep(bytes);
  }

  @FuzzTest
  void frontier(byte[] bytes) {
    Format.FRONTIER.mustRefuseOrKeep(bytes);
  }

  @FuzzTest
  void note(byte[] bytes) {
    Format.NOTE.mustRefuseOrKeep(bytes);
  }

  @FuzzTest
  void checkpoint(byte[] bytes) {
    Format.CHECKPOINT.mustRefuseOrKeep(bytes);
  }

  @FuzzTest
  void verifierKey(byte[] bytes) {
    Format.VERIFIER_KEY.mustRefuseOrKeep(bytes);
  }

  @FuzzTest
  void signingKey(byte[] bytes) {
    Format.SIGNING_KEY.mustRefuseOrKeep(bytes);
  }

  @FuzzTest
  void proofFile(byte[] bytes) {
    Format.PROOF_FILE.mustRefuseOrKeep(bytes);
  }

  @FuzzTest
  void path(byte[] bytes) {
    Format.PATH.mustRefuseOrKeep(bytes);
  }

  @FuzzTest
  void bundle(byte[] bytes) {
    Format.BUNDLE.mustRefuseOrKeep(bytes);
  }
}
