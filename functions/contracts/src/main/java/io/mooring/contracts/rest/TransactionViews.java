package io.mooring.contracts.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.billing.Asset;
import io.mooring.billing.Charge;
import io.mooring.contracts.abi.Abi;
import io.mooring.contracts.chain.Chain;
import io.mooring.contracts.chain.ChainBlock;
import io.mooring.contracts.chain.Costs;
import io.mooring.contracts.chain.Place;
import io.mooring.contracts.chain.PoolView;
import io.mooring.contracts.simulation.Checksum;
import io.mooring.evm.Address;
import io.mooring.evm.ContractAddress;
import io.mooring.evm.Hash;
import io.mooring.evm.Log;
import io.mooring.evm.Outcome;
import io.mooring.evm.trace.Errors;
import io.mooring.evm.transaction.Transaction;
import io.mooring.ledger.tlog.ProofFile;
import io.mooring.ledgers.Ledger;
import io.mooring.ledgers.Reading;
import io.mooring.platform.TenantId;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.problem.RefusedException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Transactions as REST callers read them: what became of them, where that stands, what it cost. */
public final class TransactionViews {
  private final Calls calls;
  private final Reading reading;
  private final KnownContracts contracts;

  public TransactionViews(Calls calls, Reading reading, KnownContracts contracts) {
    this.calls = calls;
    this.reading = reading;
    this.contracts = contracts;
  }

  /**
   * A transaction and what it cost, as far as that is known by now.
   *
   * @param failure why it did not succeed, if it is in a block and did not
   */
  public record View(
      ObjectNode json, List<Charge> charges, boolean pending, Optional<RefusedException> failure) {
    public View {
      charges = List.copyOf(charges);
    }
  }

  /** The transaction of that hash, in a block or waiting for one; empty where there is none. */
  public Optional<View> find(TenantId asking, Ledger ledger, Chain chain, Hash hash) {
    Optional<View> mined =
        chain.place(hash).map(place -> mined(asking, ledger, chain, place, hash));
    return mined.isPresent() ? mined : chain.pool().find(hash).map(TransactionViews::waiting);
  }

  private static View waiting(PoolView.Waiting waiting) {
    ObjectNode json =
        transaction(waiting.hash(), waiting.sender(), waiting.transaction().content(), "pending");
    return new View(json, List.of(), true, Optional.empty());
  }

  /** One that was taken, and of which this process knows no more. */
  public static View taken(Hash hash) {
    ObjectNode json = JsonTree.object().put("hash", hash.toString()).put("status", "pending");
    return new View(json, List.of(), true, Optional.empty());
  }

  private View mined(TenantId asking, Ledger ledger, Chain chain, Place place, Hash hash) {
    ChainBlock block = chain.block(place.block()).orElseThrow();
    int index = place.index();
    Address sender = block.senders().get(index);
    Transaction content = block.transactions().get(index).content();
    boolean succeeded = KnownContracts.succeeded(block.receipts().get(index));
    EventViews events = new EventViews(contracts, chain);
    ObjectNode json = transaction(hash, sender, content, succeeded ? "succeeded" : "reverted");
    json.put("block", block.number());
    json.put("blockHash", block.hash().toString());
    json.put("indexInBlock", index);
    json.put("time", block.timeMillis());
    json.put("gasUsed", block.gasUsed(index));
    if (content.to().isEmpty() && succeeded) {
      json.put("contract", Checksum.of(ContractAddress.of(sender, content.nonce())));
    }
    ArrayNode told = json.putArray("events");
    int logIndex = block.firstLog(index);
    for (Log log : block.receipts().get(index).logs()) {
      told.add(events.view(log).put("logIndex", logIndex++));
    }
    Optional<RefusedException> failure = Optional.empty();
    if (!succeeded) {
      Abi abi = content.to().flatMap(events::abi).orElse(NOTHING);
      Outcome outcome = calls.again(asking, chain, block, index);
      failure = Optional.of(Reverts.refusal(abi, outcome));
      ObjectNode error = Reverts.error(abi, outcome.output());
      String halt = Errors.of(outcome.halt(), false);
      json.set("revert", error.put("reason", halt.isEmpty() ? failure.get().detail() : halt));
    }
    List<Charge> charges = Costs.of(chain, block, index);
    if (!charges.isEmpty()) {
      json.set("cost", cost(charges));
    }
    json.set("place", place(ledger, block.number()));
    return new View(json, charges, false, failure);
  }

  private static final Abi NOTHING = Abi.parse(new ArrayNode(null));

  private static ObjectNode transaction(
      Hash hash, Address sender, Transaction content, String status) {
    ObjectNode json = JsonTree.object();
    json.put("hash", hash.toString());
    json.put("status", status);
    json.put("sender", Checksum.of(sender));
    content.to().ifPresent(to -> json.put("to", Checksum.of(to)));
    json.put("value", content.value().toBigInteger().toString());
    json.put("gasLimit", content.gasLimit());
    return json;
  }

  private static ObjectNode cost(List<Charge> charges) {
    ObjectNode json = JsonTree.object();
    for (Asset asset : Asset.values()) {
      long units =
          charges.stream()
              .filter(charge -> charge.meter().asset() == asset)
              .mapToLong(Charge::units)
              .sum();
      json.put(asset.name().toLowerCase(java.util.Locale.ROOT), Long.toString(units));
    }
    return json.put("prices", charges.getFirst().priceVersion());
  }

  /** The block's entry in the ledger, with the proof of it, as appending gives it. */
  private ObjectNode place(Ledger ledger, long index) {
    ProofFile proof = reading.proof(ledger, index);
    ObjectNode json = JsonTree.object();
    json.put("ledger", ledger.id().value());
    json.put("index", index);
    json.put("leafHash", io.mooring.ledger.Hash.ofLeaf(proof.extra()).base64());
    json.put("entry", Base64.getEncoder().encodeToString(proof.extra()));
    json.put("checkpoint", proof.signed().encoded());
    ArrayNode path = json.putArray("proof");
    proof.proof().path().forEach(hash -> path.add(hash.base64()));
    return json;
  }
}
