package io.mooring.contracts.rpc;

import io.mooring.contracts.chain.LogFilter;
import io.mooring.contracts.rpc.Subscriptions.Topic;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.ledger.MalformedException;
import io.mooring.ledger.cbor.CborReader;
import io.mooring.ledger.cbor.CborWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes and reads what a subscription is about.
 *
 * <pre>
 * newHeads = [ 1 ]
 * logs     = [ 2, [ address, … ], [ [ topic, … ], … ] ]
 * </pre>
 */
final class TopicCbor {
  private static final int FIELDS_MAX = 3;
  private static final int HEADS = 1;
  private static final int LOGS = 2;

  private TopicCbor() {}

  static byte[] write(Topic topic) {
    CborWriter cbor = new CborWriter();
    return switch (topic) {
      case Topic.NewHeads() -> cbor.array(1).unsigned(HEADS).toBytes();
      case Topic.Logs(LogFilter filter) -> {
        cbor.array(FIELDS_MAX).unsigned(LOGS).array(filter.addresses().size());
        filter.addresses().forEach(address -> cbor.bytes(address.bytes()));
        cbor.array(filter.topics().size());
        for (Set<Hash> any : filter.topics()) {
          cbor.array(any.size());
          any.forEach(topicHash -> cbor.bytes(topicHash.bytes()));
        }
        yield cbor.toBytes();
      }
      case Topic.Pending pending -> throw new IllegalArgumentException("not kept: " + pending);
    };
  }

  static Topic read(byte[] bytes) {
    CborReader cbor = new CborReader(bytes);
    cbor.array(FIELDS_MAX);
    long kind = cbor.unsigned();
    Topic topic;
    if (kind == HEADS) {
      topic = new Topic.NewHeads();
    } else if (kind == LOGS) {
      topic = new Topic.Logs(filter(cbor));
    } else {
      throw new MalformedException("there is no subscription of kind " + kind);
    }
    cbor.end();
    return topic;
  }

  private static LogFilter filter(CborReader cbor) {
    Set<Address> addresses = new HashSet<>();
    for (int left = cbor.array(RpcLimit.RPC_LOG_ADDRESSES_MAX.intValue()); left > 0; left--) {
      addresses.add(Address.of(cbor.bytes(Address.BYTES)));
    }
    List<Set<Hash>> topics = new ArrayList<>();
    for (int left = cbor.array(LogFilterJson.TOPICS_MAX); left > 0; left--) {
      Set<Hash> any = new HashSet<>();
      for (int more = cbor.array(RpcLimit.RPC_LOG_TOPICS_MAX.intValue()); more > 0; more--) {
        any.add(Hash.of(cbor.bytes(Hash.BYTES)));
      }
      topics.add(any);
    }
    return new LogFilter(0, Long.MAX_VALUE, addresses, topics);
  }
}
