package io.mooring.contracts.rpc;

import io.mooring.contracts.chain.LogFilter;

/** What one connection wants to be told of. */
interface Subscriptions {
  /** Where there is no connection that could be told anything. */
  Subscriptions NONE =
      new Subscriptions() {
        @Override
        public String add(Topic topic) {
          throw unsupported();
        }

        @Override
        public boolean remove(String id) {
          throw unsupported();
        }

        private static RpcException unsupported() {
          return RpcError.of(RpcError.METHOD_NOT_FOUND, "notifications not supported").exception();
        }
      };

  /** What can be subscribed to. */
  sealed interface Topic {
    record NewHeads() implements Topic {}

    /**
     * @param filter its range of blocks does not count
     */
    record Logs(LogFilter filter) implements Topic {}

    /**
     * @param whole whether transactions are told whole, not by their hash
     */
    record Pending(boolean whole) implements Topic {}
  }

  /** The id under which the connection will be told. */
  String add(Topic topic);

  /** Whether there was one of that id. */
  boolean remove(String id);
}
