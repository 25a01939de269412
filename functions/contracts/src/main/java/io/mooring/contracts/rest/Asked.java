package io.mooring.contracts.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.contracts.chain.Chain;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.KeptEntry;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.json.JsonTree;

/**
 * The journal's entry that a request has become this very transaction, written before it is sent.
 */
record Asked(String ledger, Address sender, long nonce, long gas, Hash hash) {
  static final String TYPE = "transaction.asked";

  NewEntry entry() {
    return NewEntry.of(
        TYPE,
        hash.toString(),
        Content.json(
            JsonTree.text(
                JsonTree.object()
                    .put("ledger", ledger)
                    .put("sender", sender.toString())
                    .put("nonce", nonce)
                    .put("gas", gas)
                    .put("transaction", hash.toString()))));
  }

  static Asked of(KeptEntry entry) {
    if (!(entry.about() instanceof KeptEntry.Here here)) {
      throw new IllegalStateException("what was asked stands in the journal's commit");
    }
    JsonNode json = JsonTree.parse(here.content());
    return new Asked(
        json.get("ledger").asText(),
        Address.fromHex(json.get("sender").asText()),
        json.get("nonce").asLong(),
        json.get("gas").asLong(),
        Hash.fromHex(json.get("transaction").asText()));
  }

  boolean isIn(Chain chain) {
    return chain.place(hash).isPresent();
  }

  /** Whether no block can hold it any more: another transaction has its nonce. */
  boolean isDead(Chain chain) {
    long block = chain.latest().number();
    long next =
        chain.state(block).source().account(sender).map(account -> account.nonce()).orElse(0L);
    return next > nonce && !isIn(chain);
  }
}
