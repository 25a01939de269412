package io.mooring.contracts.abi;

import io.mooring.contracts.abi.AbiType.Tuple;
import io.mooring.evm.Hash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One thing that a contract can be asked, or that it tells. */
public sealed interface AbiItem {
  int SELECTOR_BYTES = 4;

  String name();

  Tuple inputs();

  /** Name and types: what it is told apart by where several have its name. */
  default String signature() {
    return name() + inputs().canonical();
  }

  default Hash signatureHash() {
    return Hash.keccak(signature().getBytes(StandardCharsets.US_ASCII));
  }

  default byte[] selector() {
    return Arrays.copyOf(signatureHash().bytes(), SELECTOR_BYTES);
  }

  /** What a function may do. */
  enum Mutability {
    PURE,
    VIEW,
    NONPAYABLE,
    PAYABLE;

    public boolean reads() {
      return this == PURE || this == VIEW;
    }
  }

  record Function(String name, Tuple inputs, Tuple outputs, Mutability mutability)
      implements AbiItem {}

  record Constructor(Tuple inputs, Mutability mutability) implements AbiItem {
    @Override
    public String name() {
      return "constructor";
    }
  }

  /** An anonymous event is not told by its first topic. */
  record Event(String name, Tuple inputs, boolean anonymous) implements AbiItem {}

  record Error(String name, Tuple inputs) implements AbiItem {}
}
