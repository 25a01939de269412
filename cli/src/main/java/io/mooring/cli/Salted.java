package io.mooring.cli;

import io.mooring.ledger.CanonicalBase64;
import io.mooring.ledger.Entry;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.Payload;
import io.mooring.ledger.Salt;
import io.mooring.ledger.tlog.ProofFile;

/** The salt that goes with an entry's commitment, in base64; empty when there is none to be had. */
record Salted(String salt) {
  /** Asks the server, if the entry is a salted one. What it tells is shown by the commitment. */
  static Salted of(Web web, Server server, String ledger, ProofFile proof) {
    boolean salted;
    try {
      salted = Entry.ofBytes(proof.extra()).payload().salted();
    } catch (MalformedException notAnEntry) {
      salted = false; // what judges the entry says so
    }
    return new Salted(salted ? server.salt(web, ledger, proof.proof().index()) : "");
  }

  boolean matches(Payload kept, byte[] payload) {
    return kept.salted()
        ? !salt.isEmpty() && kept.matches(Salt.of(CanonicalBase64.decode(salt)), payload)
        : kept.matches(payload);
  }

  /** What follows a word about the payload: whoever keeps the payload must keep the salt too. */
  String inWords() {
    return salt.isEmpty() ? "" : "; keep its salt " + salt;
  }
}
