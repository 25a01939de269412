package io.mooring.contracts.rest;

import io.mooring.contracts.chain.Chain;
import io.mooring.evm.Address;
import io.mooring.evm.ContractAddress;
import io.mooring.ledgers.UncommittedException;
import io.mooring.platform.LedgerId;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Content;
import io.mooring.platform.commit.NewEntry;
import io.mooring.platform.commit.Repetition;
import io.mooring.platform.commit.Write;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.json.JsonTree;
import java.time.InstantSource;
import java.util.List;

/** Writes down what contracts are, in the tenant's journal. */
public final class Descriptions {
  private static final String TYPE = "contract.described";
  private static final byte[] NO_ANSWER = {};

  private final KnownContracts contracts;
  private final Committer committer;
  private final InstantSource clock;

  public Descriptions(KnownContracts contracts, Committer committer, InstantSource clock) {
    this.contracts = contracts;
    this.committer = committer;
    this.clock = clock;
  }

  /** What is written beside the transaction that makes a contract. */
  public Sends.Beside ofNew(Chain chain, Address sender, String name, byte[] abiJson) {
    return (nonce, hash) ->
        List.of(
            contracts.describes(
                chain.facts().ledger(),
                new KnownContract(
                    ContractAddress.of(sender, nonce), name, abiJson, hash, clock.millis())));
  }

  /** Describes a contract that is there. */
  public KnownContract describe(
      Caller caller,
      Chain chain,
      Address address,
      String name,
      byte[] abiJson,
      Repetition repetition) {
    LedgerId ledger = chain.facts().ledger();
    KnownContract contract =
        new KnownContract(address, name, abiJson, KnownContract.ELSEWHERE, clock.millis());
    Content about =
        Content.json(
            JsonTree.text(
                JsonTree.object()
                    .put("ledger", ledger.value())
                    .put("address", address.toString())
                    .put("name", name)));
    Write write =
        Write.to(LedgerId.journal(caller.tenant()))
            .by(caller.subject())
            .entry(NewEntry.of(TYPE, address.toString(), about))
            .effect(contracts.describes(ledger, contract));
    UncommittedException.receipt(
        committer.commit(
            switch (repetition) {
              case Repetition.Free free -> write;
              case Repetition.Keyed keyed -> write.once(keyed.key(), keyed.body(), NO_ANSWER);
            }));
    return contracts.get(chain, address);
  }
}
