package io.mooring.contracts.rest.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.mooring.contracts.ContractRefusal;
import io.mooring.contracts.abi.AbiEncoder;
import io.mooring.contracts.abi.AbiRefused;
import io.mooring.contracts.chain.Sending;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes Ethereum's values out of members that may be missing. */
final class Body {
  private Body() {}

  static JsonNode arguments(@Nullable JsonNode arguments) {
    return arguments == null ? JsonNodeFactory.instance.arrayNode() : arguments;
  }

  static U256 value(@Nullable JsonNode value) {
    return value == null ? U256.ZERO : refusing(() -> AbiEncoder.amount(value, "value"));
  }

  static Address address(String text, String name) {
    return refusing(() -> AbiEncoder.address(new TextNode(text), name));
  }

  /** Of what stands in a path: what is no address is not there. */
  static Address inPath(String text) {
    try {
      return AbiEncoder.address(new TextNode(text), "address");
    } catch (AbiRefused none) {
      throw new RefusedException(ContractRefusal.CONTRACT_NOT_FOUND, none.words());
    }
  }

  static byte[] bytes(String text, String name) {
    return refusing(() -> AbiEncoder.bytes(new TextNode(text), name));
  }

  static Hash hash(String text, String name) {
    byte[] bytes = bytes(text, name);
    if (bytes.length != Hash.BYTES) {
      throw new RefusedException(
          PlatformRefusal.BODY_INVALID, name + " is a hash of 32 bytes behind 0x");
    }
    return Hash.of(bytes);
  }

  static Hash recentBlock(@Nullable String text) {
    return text == null ? Sending.ANYWHERE : hash(text, "recentBlock");
  }

  static @Nullable Long gas(@Nullable Long gas) {
    if (gas != null && gas < 0) {
      throw new RefusedException(PlatformRefusal.BODY_INVALID, "gas is a number from 0");
    }
    return gas;
  }

  /** Does what reads or writes by an ABI, and refuses in the words of the REST face. */
  static <T> T refusing(Supplier<T> work) {
    try {
      return work.get();
    } catch (AbiRefused refused) {
      throw new RefusedException(
          switch (refused.what()) {
            case ABI -> ContractRefusal.ABI_INVALID;
            case VALUE -> ContractRefusal.ARGUMENTS_INVALID;
            case ENCODING -> ContractRefusal.RESULT_INVALID;
          },
          refused.words());
    }
  }

  /** What a function gave, where it is not what its ABI says: the bytes are told. */
  static <T> T giving(byte[] output, Supplier<T> work) {
    try {
      return work.get();
    } catch (AbiRefused refused) {
      throw new RefusedException(
          ContractRefusal.RESULT_INVALID,
          refused.words(),
          ContractRefusal.RESULT_INVALID.remedy(),
          Map.of("data", new TextNode("0x" + java.util.HexFormat.of().formatHex(output))));
    }
  }
}
