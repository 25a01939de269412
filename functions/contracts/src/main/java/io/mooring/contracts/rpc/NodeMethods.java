package io.mooring.contracts.rpc;

import io.mooring.contracts.chain.HeldKeys;
import io.mooring.evm.Address;
import io.mooring.evm.crypto.Keccak256;
import java.util.List;

/** What a tool asks to learn whom it talks to. */
final class NodeMethods {
  /** The groups of methods that are here, with their version. */
  private static final List<String> MODULES =
      List.of("debug", "eth", "net", "rpc", "txpool", "web3");

  private NodeMethods() {}

  static List<RpcMethod> of(String clientVersion, HeldKeys keys) {
    return List.of(
        RpcMethod.read("web3_clientVersion", 0, (a, s) -> Answer.text(clientVersion)),
        RpcMethod.read(
            "web3_sha3", 1, (a, s) -> Answer.data(Keccak256.hash(a.required(0, Values::bytes)))),
        RpcMethod.read(
            "net_version",
            0,
            (a, s) -> Answer.text(Long.toUnsignedString(s.chain().facts().chainId()))),
        RpcMethod.read("net_listening", 0, (a, s) -> Answer.flag(true)),
        RpcMethod.read("net_peerCount", 0, (a, s) -> Answer.quantity(0)),
        RpcMethod.read(
            "rpc_modules",
            0,
            (a, s) ->
                out -> {
                  out.startObject();
                  MODULES.forEach(module -> out.text(module, "1.0"));
                  out.endObject();
                }),
        RpcMethod.read("eth_chainId", 0, (a, s) -> Answer.quantity(s.chain().facts().chainId())),
        RpcMethod.read("eth_syncing", 0, (a, s) -> Answer.flag(false)),
        RpcMethod.read("eth_mining", 0, (a, s) -> Answer.flag(false)),
        RpcMethod.read("eth_hashrate", 0, (a, s) -> Answer.quantity(0)),
        RpcMethod.read(
            "eth_coinbase",
            0,
            (a, s) -> Answer.text(s.chain().latest().header().coinbase().toString())),
        RpcMethod.read(
            "eth_accounts",
            0,
            (a, s) -> {
              List<Address> addresses = s.maySend() ? keys.addresses(s.tenant()) : List.of();
              return out -> out.list(addresses, each -> out.text(each.toString()));
            }));
  }
}
