package io.mooring.ledgers.http;

import io.mooring.ledger.CanonicalBase64;
import io.mooring.ledger.Entry;
import io.mooring.ledger.Hash;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.Salt;
import io.mooring.ledger.Verdict;
import io.mooring.ledger.note.VerifierKey;
import io.mooring.ledger.tlog.Policy;
import io.mooring.ledger.tlog.ProofFile;
import io.mooring.ledgers.json.JsonWriter;
import io.mooring.platform.http.Public;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a proof file for people who want to ask us, though they need not: {@code moor verify}
 * does the same without a network. It reads nothing that is stored here.
 */
@Public
@Path("/v1/verify")
@RequestScoped
@RunOnVirtualThread
public class VerifyResource {
  /** The first check that failed, in the order in which they run; empty when none did. */
  private static final String VALID = "";

  private static final String PAYLOAD_DIFFERS = "PAYLOAD_DIFFERS";

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public byte[] verify(Question question) {
    try {
      ProofFile file = ProofFile.parse(required("proof", question.proof));
      VerifierKey key = VerifierKey.parse(required("verifierKey", question.verifierKey));
      byte[] entry = question.entry == null ? file.extra() : CanonicalBase64.decode(question.entry);
      if (entry.length == 0) {
        throw new MalformedException("the proof holds no entry, and none was sent beside it");
      }
      String failed = failed(file, key, entry, question);
      JsonWriter json = new JsonWriter().beginObject();
      json.name("valid").flag(failed.equals(VALID));
      if (!failed.equals(VALID)) {
        json.name("failed").string(failed);
      }
      json.name("origin").string(file.signed().checkpoint().origin());
      json.name("index").number(file.proof().index());
      json.name("size").number(file.signed().checkpoint().size());
      json.name("leafHash").hash(Hash.ofLeaf(entry));
      return json.endObject().toBytes();
    } catch (MalformedException e) {
      throw new RefusedException(PlatformRefusal.BODY_INVALID, String.valueOf(e.getMessage()));
    }
  }

  private static String failed(ProofFile file, VerifierKey key, byte[] entry, Question question) {
    Verdict verdict = file.check(Hash.ofLeaf(entry), Policy.of(key));
    if (verdict instanceof Verdict.Refuted(Verdict.Reason reason)) {
      return reason.name();
    }
    if (question.payload == null) {
      return VALID;
    }
    byte[] payload = CanonicalBase64.decode(question.payload);
    Salt salt = Salt.of(CanonicalBase64.decode(required("salt", question.salt)));
    return Entry.ofBytes(entry).payload().matches(salt, payload) ? VALID : PAYLOAD_DIFFERS;
  }

  private static String required(String member, @Nullable String value) {
    if (value == null) {
      throw new MalformedException("the member " + member + " is missing");
    }
    return value;
  }

  /**
   * What is to be verified: a proof file and the key to believe; the entry where the file does not
   * hold it; payload and salt, in base64, where the payload is to be verified too.
   */
  public record Question(
      @Nullable String proof,
      @Nullable String verifierKey,
      @Nullable String entry,
      @Nullable String payload,
      @Nullable String salt) {}
}
