package io.mooring.contracts.rpc;

import io.mooring.contracts.chain.Chain;
import io.mooring.platform.TenantId;

/**
 * Who asks which chain.
 *
 * @param tenant whose turn it is when something is executed
 * @param submitter the credential, as the block's entry will name it
 * @param maySend whether the credential may write, and use the keys that the platform holds
 * @param subscriptions what the connection has subscribed to; {@link Subscriptions#NONE} without
 */
public record RpcSession(
    Chain chain, TenantId tenant, String submitter, boolean maySend, Subscriptions subscriptions) {
  public RpcSession(Chain chain, TenantId tenant, String submitter, boolean maySend) {
    this(chain, tenant, submitter, maySend, Subscriptions.NONE);
  }

  Blocks blocks() {
    return new Blocks(chain);
  }

  RpcSession with(Subscriptions connection) {
    return new RpcSession(chain, tenant, submitter, maySend, connection);
  }
}
