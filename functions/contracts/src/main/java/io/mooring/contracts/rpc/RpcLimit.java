package io.mooring.contracts.rpc;

import io.mooring.platform.limit.Bound;
import io.mooring.platform.limit.Limit;

/** The bounds of JSON-RPC; what each is of stands in docs/reference/json-rpc.md. */
public enum RpcLimit implements Limit {
  RPC_BATCH_REQUESTS_MAX("rpcBatchRequestsMax", 100),
  RPC_BODY_BYTES_MAX("rpcBodyBytesMax", 2 << 20),
  RPC_ANSWER_BYTES_MAX("rpcAnswerBytesMax", 32 << 20),
  RPC_CALL_GAS_MAX("rpcCallGasMax", 50_000_000),
  RPC_CALL_MILLIS_MAX("rpcCallMillisMax", 5_000),
  RPC_CALL_HEAP_BYTES_MAX("rpcCallHeapBytesMax", 128 << 20),
  RPC_TRACE_MILLIS_MAX("rpcTraceMillisMax", 10_000),
  RPC_TRACE_BYTES_MAX("rpcTraceBytesMax", 16 << 20),
  RPC_SIMULATED_BLOCKS_MAX("rpcSimulatedBlocksMax", 256),
  RPC_LOGS_MAX("rpcLogsMax", 10_000),
  RPC_LOGS_MILLIS_MAX("rpcLogsMillisMax", 10_000),
  RPC_LOG_ADDRESSES_MAX("rpcLogAddressesMax", 1_000),
  RPC_LOG_TOPICS_MAX("rpcLogTopicsMax", 1_000),
  RPC_FILTERS_REMEMBERED_MAX("rpcFiltersRememberedMax", 10_000),
  RPC_FEE_HISTORY_BLOCKS_MAX("rpcFeeHistoryBlocksMax", 1_024),
  RPC_FEE_HISTORY_PERCENTILES_MAX("rpcFeeHistoryPercentilesMax", 100),
  RPC_PROOF_SLOTS_MAX("rpcProofSlotsMax", 1_024),
  RPC_SUBSCRIPTIONS_MAX("rpcSubscriptionsMax", 64),
  RPC_NOTIFICATIONS_WAITING_MAX("rpcNotificationsWaitingMax", 4_096),
  RPC_CONNECTIONS_MAX("rpcConnectionsMax", 100),
  RPC_GATEWAY_MESSAGE_BYTES_MAX("rpcGatewayMessageBytesMax", 128 << 10),
  RPC_HEAVY_CALLS_MAX("rpcHeavyCallsMax", 2),
  RPC_HEAVY_CALLS_WAITING_MAX("rpcHeavyCallsWaitingMax", 64);

  private final Bound bound;

  RpcLimit(String word, long value) {
    this.bound = new Bound(word, value);
  }

  @Override
  public Bound bound() {
    return bound;
  }
}
