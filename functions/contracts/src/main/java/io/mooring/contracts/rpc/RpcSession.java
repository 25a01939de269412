package io.mooring.contracts.rpc;

import io.mooring.contracts.chain.Chain;
import io.mooring.platform.TenantId;

/**
 * Who asks which chain.
 *
 * @param tenant the caller's, or the chain's where a stranger asks
 * @param submitter the credential, as the block's entry will name it
 * @param maySend whether the credential may write, and use the keys that the platform holds
 * @param subscriptions what the connection has subscribed to; {@link Subscriptions#NONE} without
 * @param spent takes note of what sending costs
 */
public record RpcSession(
    Chain chain,
    TenantId tenant,
    String submitter,
    boolean maySend,
    Subscriptions subscriptions,
    Spent spent) {
  public RpcSession(Chain chain, TenantId tenant, String submitter, boolean maySend) {
    this(chain, tenant, submitter, maySend, Subscriptions.NONE, Spent.UNTOLD);
  }

  /** The submitter of those who show no credential; they send nothing, so no entry names it. */
  public static final String STRANGER = "-";

  /** In whose line what this session executes has to wait, and whose connections it is one of. */
  public String line() {
    return submitter.equals(STRANGER)
        ? "strangers of " + chain.facts().ledger().value()
        : tenant.value();
  }

  Blocks blocks() {
    return new Blocks(chain);
  }

  RpcSession with(Subscriptions connection) {
    return new RpcSession(chain, tenant, submitter, maySend, connection, spent);
  }

  /** The same, with somebody who wants to know what it costs. */
  public RpcSession with(Spent asking) {
    return new RpcSession(chain, tenant, submitter, maySend, subscriptions, asking);
  }
}
