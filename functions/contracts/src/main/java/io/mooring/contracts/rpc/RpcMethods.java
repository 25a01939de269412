package io.mooring.contracts.rpc;

import io.mooring.contracts.chain.HeldKeys;
import io.mooring.evm.Evm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Every method there is. */
public final class RpcMethods {
  private RpcMethods() {}

  /**
   * @param clientVersion what {@code web3_clientVersion} answers
   * @param salts numbers that do not come twice
   */
  public static List<RpcMethod> of(
      String clientVersion, HeldKeys keys, Evm evm, LongSupplier nanoTime, LongSupplier salts) {
    Engines engines = Engines.on(evm, nanoTime);
    List<RpcMethod> methods = new ArrayList<>();
    methods.addAll(NodeMethods.of(clientVersion, keys));
    methods.addAll(BlockMethods.all());
    methods.addAll(StateMethods.all());
    methods.addAll(CallMethods.on(engines));
    methods.addAll(SendMethods.on(engines, keys));
    methods.addAll(FeeMethods.all());
    methods.addAll(FilterMethods.all(salts, nanoTime));
    methods.addAll(SubscriptionMethods.all());
    methods.addAll(PoolMethods.all());
    methods.addAll(DebugMethods.on(engines));
    return methods;
  }
}
