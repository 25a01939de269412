package io.mooring.contracts.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.contracts.abi.Abi;
import io.mooring.contracts.abi.AbiDecoder;
import io.mooring.contracts.abi.AbiItem;
import io.mooring.contracts.abi.AbiRefused;
import io.mooring.contracts.chain.Chain;
import io.mooring.contracts.simulation.Checksum;
import io.mooring.evm.Address;
import io.mooring.evm.Log;
import io.mooring.platform.json.JsonTree;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Logs in the words of the contracts that told them, for one request: a contract's description is
 * read once. Not thread-safe.
 */
public final class EventViews {
  private final KnownContracts contracts;
  private final Chain chain;
  private final Map<Address, Optional<Abi>> known = new HashMap<>();

  public EventViews(KnownContracts contracts, Chain chain) {
    this.contracts = contracts;
    this.chain = chain;
  }

  /** The bytes of a log, and what they tell where its contract is described. */
  public ObjectNode view(Log log) {
    ObjectNode json = JsonTree.object();
    json.put("address", Checksum.of(log.address()));
    abi(log.address())
        .flatMap(abi -> abi.event(log.topics()))
        .ifPresent(
            event ->
                arguments(event, log)
                    .ifPresent(
                        arguments -> {
                          json.put("event", event.name());
                          json.put("signature", event.signature());
                          json.set("arguments", arguments);
                        }));
    var topics = json.putArray("topics");
    log.topics().forEach(topic -> topics.add(topic.toString()));
    return json.put("data", "0x" + HexFormat.of().formatHex(log.data()));
  }

  public Optional<Abi> abi(Address address) {
    return known.computeIfAbsent(
        address, one -> contracts.find(chain, one).map(KnownContract::abi));
  }

  private static Optional<JsonNode> arguments(AbiItem.Event event, Log log) {
    try {
      return Optional.of(AbiDecoder.event(event, log));
    } catch (AbiRefused other) {
      return Optional.empty(); // its bytes are shown, and they are not what the ABI says
    }
  }
}
