package io.mooring.ledger.tlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.ledger.Checkpoint;
import io.mooring.ledger.ConsistencyProof;
import io.mooring.ledger.Hash;
import io.mooring.ledger.Head;
import io.mooring.ledger.Tree;
import io.mooring.ledger.Verdict.Reason;
import io.mooring.ledger.Verdict.Refuted;
import io.mooring.ledger.Verdict.Verified;
import io.mooring.ledger.note.Cosigner;
import io.mooring.ledger.note.LogSigner;
import io.mooring.ledger.note.SignatureType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchTest {
  private static final SampleLog LOG = new SampleLog(700);
  private static final ConsistencyProof PROOF =
      new Tree(700, new TileNodes(700, LOG)).consistency(300);
  private static final Checkpoint EARLIER = new SampleLog(300).signed().checkpoint();
  private static final Watch WATCH = new Watch(SampleLog.POLICY, EARLIER);

  @Test
  void followsALogThatGrows() {
    assertEquals(new Verified(), WATCH.check(LOG.signed(), PROOF));
  }

  /** Case 38: an old checkpoint is true, and still not taken in place of a newer one. */
  @Test
  void refusesAnOlderCheckpoint() {
    Watch later = new Watch(SampleLog.POLICY, LOG.signed().checkpoint());
    SignedCheckpoint replayed = new SampleLog(300).signed();
    assertEquals(new Refuted(Reason.SIZE_SHRANK), later.check(replayed, PROOF));
  }

  /** Case 39: a log that shows two roots at one size has signed the proof against itself. */
  @Test
  void aSecondRootAtOneSizeIsRefusedAndMakesAProofOfTheFork() {
    Head other = new Head(300, Hash.ofLeaf("other".getBytes()));
    SignedCheckpoint forked =
        SignedCheckpoint.sign(new Checkpoint(EARLIER.origin(), other), SampleLog.SIGNER);
    assertEquals(
        new Refuted(Reason.ROOT_DIFFERS), WATCH.check(forked, new ConsistencyProof(List.of())));

    SignedCheckpoint honest = new SampleLog(300).signed();
    assertTrue(new Fork(honest, forked).isProvenUnder(SampleLog.POLICY));
    assertFalse(new Fork(honest, honest).isProvenUnder(SampleLog.POLICY));
    assertFalse(new Fork(honest, LOG.signed()).isProvenUnder(SampleLog.POLICY));
  }

  /** Case 40: a log cannot make its readers forget by taking another name. */
  @Test
  void refusesALogThatChangesItsName() {
    LogSigner renamed = LogSigner.ofSeed("log.example/new", new byte[32]);
    SignedCheckpoint next =
        SignedCheckpoint.sign(
            new Checkpoint("log.example/new", LOG.signed().checkpoint().head()), renamed);
    assertEquals(new Refuted(Reason.ORIGIN_DIFFERS), WATCH.check(next, PROOF));
  }

  /** Case 41: a consistency proof whose middle is not what was shown before. */
  @Test
  void refusesAProofWithAnythingElseInItsMiddle() {
    for (int i = 0; i < PROOF.path().size(); i++) {
      Hash[] path = PROOF.path().toArray(new Hash[0]);
      path[i] = Hash.ofLeaf("unchecked".getBytes());
      assertFalse(WATCH.check(LOG.signed(), new ConsistencyProof(Arrays.asList(path))).verified());
    }
  }

  @Test
  void asksForAsManyWitnessesAsThePolicySaysAndForNewEnoughOnes() {
    Cosigner one = witness("witness.example/1", SignatureType.ED25519_COSIGNATURE);
    Cosigner oneAgain = witness("witness.example/1", SignatureType.ML_DSA_44_COSIGNATURE);
    Cosigner two = witness("witness.example/2", SignatureType.ML_DSA_44_COSIGNATURE);
    Policy policy =
        SampleLog.POLICY.withWitnesses(
            List.of(one.verifierKey(), oneAgain.verifierKey(), two.verifierKey()), 2, 1000);
    Refuted tooFew = new Refuted(Reason.TOO_FEW_COSIGNATURES);

    assertEquals(tooFew, policy.check(LOG.signed()));
    assertEquals(tooFew, policy.check(new SampleLog(9, SampleLog.SIGNER, one, oneAgain).signed()));
    SignedCheckpoint both = new SampleLog(9, SampleLog.SIGNER, one, two).signed();
    assertEquals(new Verified(), policy.check(both));
    assertEquals(tooFew, policy.withWitnesses(policy.witnesses(), 2, 1001).check(both));
    assertEquals(
        new Refuted(Reason.NOT_SIGNED_BY_A_KNOWN_KEY),
        policy.check(new SampleLog(9, one, two).signed()));

    SignedCheckpoint moved =
        new SignedCheckpoint(LOG.signed().note().with(one.sign(EARLIER.text())));
    assertEquals(new Refuted(Reason.SIGNATURE_WRONG), policy.check(moved));
  }

  private static Cosigner witness(String name, SignatureType type) {
    byte[] seed = new byte[32];
    seed[0] = (byte) name.hashCode();
    return Cosigner.ofSeed(name, type, seed, InstantSource.fixed(Instant.ofEpochSecond(1000)));
  }
}
