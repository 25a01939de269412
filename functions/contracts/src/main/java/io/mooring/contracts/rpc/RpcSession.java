package io.mooring.contracts.rpc;

import io.mooring.contracts.chain.Chain;
import io.mooring.platform.TenantId;

/**
 * Who asks which chain.
 *
 * @param tenant whose turn it is when something is executed, and whose keys sign
 * @param submitter the credential, as the block's entry will name it
 * @param maySend whether the credential may write
 */
public record RpcSession(Chain chain, TenantId tenant, String submitter, boolean maySend) {
  /** The height that the state and the header of a block reference have. */
  Blocks blocks() {
    return new Blocks(chain);
  }
}
