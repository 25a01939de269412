package io.mooring.contracts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.contracts.build.ChainGenesis;
import io.mooring.contracts.build.ChainGenesis.Allotment;
import io.mooring.contracts.chain.ChainFacts;
import io.mooring.contracts.chain.ForkSchedule;
import io.mooring.contracts.chain.ForkSchedule.Activation;
import io.mooring.evm.Address;
import io.mooring.evm.Fork;
import io.mooring.evm.U256;
import io.mooring.evm.block.HeaderRules;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.problem.RefusedException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * How a tenant wants a chain to begin, in the JSON in which it asks, and in which the chain's first
 * entry says it for good.
 */
final class NewChain {
  static final long CHAIN_ID_MAX = (1L << 53) - 1;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> MEMBERS =
      Set.of("alloc", "chainId", "fork", "forks", "gasLimit", "baseFee", "clockSeconds");
  private static final Set<String> ACCOUNT_MEMBERS = Set.of("balance", "nonce", "code", "storage");
  private static final int CODE_BYTES_MAX = 24_576;

  private final ObjectNode json;

  private NewChain(ObjectNode json) {
    this.json = json;
  }

  /**
   * Judges what is asked for, and chooses a chain id where none is.
   *
   * @param details JSON, or nothing
   */
  static NewChain asked(String details, LongSupplier chainIds) {
    if (details.length() > ContractLimit.CHAIN_ALLOC_BYTES_MAX.value()) {
      throw invalid("evm has at most " + ContractLimit.CHAIN_ALLOC_BYTES_MAX.value() + " bytes");
    }
    ObjectNode json = read(details.isEmpty() ? "{}" : details);
    json.fieldNames().forEachRemaining(name -> requireMember(MEMBERS, name));
    if (!json.has("chainId")) {
      json.put("chainId", chainIds.getAsLong());
    }
    NewChain chain = new NewChain(json);
    // Whatever cannot be read is refused here, and never again.
    chain.facts(LedgerId.journal(TenantId.OPERATOR));
    chain.alloc();
    return chain;
  }

  static NewChain kept(byte[] body) {
    return new NewChain(read(new String(body, StandardCharsets.UTF_8)));
  }

  byte[] toBytes() {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  ObjectNode json() {
    return json.deepCopy();
  }

  long chainId() {
    return integer("chainId", 0, 1, CHAIN_ID_MAX);
  }

  ChainGenesis genesis(LedgerId ledger, long createdMillis) {
    return ChainGenesis.of(facts(ledger), alloc(), createdMillis);
  }

  private ChainFacts facts(LedgerId ledger) {
    return new ChainFacts(
        ledger,
        chainId(),
        forks(),
        integer(
            "gasLimit",
            ContractLimit.CHAIN_GAS_LIMIT_UNASKED.value(),
            HeaderRules.GAS_LIMIT_MIN,
            ContractLimit.CHAIN_GAS_LIMIT_MAX.value()),
        json.has("baseFee") ? number(json.get("baseFee"), "baseFee") : U256.ZERO,
        Duration.ofSeconds(
            integer("clockSeconds", 0, 0, ContractLimit.CHAIN_CLOCK_SECONDS_MAX.value())));
  }

  private ForkSchedule forks() {
    List<Activation> activations = new ArrayList<>();
    String first = json.path("fork").asText(Fork.NEWEST.name());
    activations.add(new Activation(fork(first), 0, 0));
    for (JsonNode later : json.path("forks")) {
      long time = later.path("time").asLong(-1);
      if (time < 1 || !later.path("time").isIntegralNumber()) {
        throw invalid("each of forks has a time in seconds since 1970");
      }
      activations.add(new Activation(fork(later.path("fork").asText("")), 0, time));
    }
    try {
      return new ForkSchedule(activations);
    } catch (IllegalArgumentException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  private static Fork fork(String word) {
    for (Fork fork : Fork.values()) {
      if (fork.includes(Fork.PARIS) && fork.name().toLowerCase(Locale.ROOT).equals(lower(word))) {
        return fork;
      }
    }
    throw invalid("fork is one of paris, shanghai, cancun, prague, osaka");
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }

  private Map<Address, Allotment> alloc() {
    Map<Address, Allotment> alloc = new TreeMap<>();
    json.path("alloc")
        .properties()
        .forEach(
            account -> {
              Address address = address(account.getKey());
              if (alloc.put(address, allotment(account.getValue())) != null) {
                throw invalid("alloc names " + address + " twice");
              }
            });
    return alloc;
  }

  private static Allotment allotment(JsonNode account) {
    if (!account.isObject()) {
      throw invalid("each of alloc is an object");
    }
    account.fieldNames().forEachRemaining(name -> requireMember(ACCOUNT_MEMBERS, name));
    SortedMap<U256, U256> storage = new TreeMap<>();
    account
        .path("storage")
        .properties()
        .forEach(
            slot -> {
              U256 value = number(slot.getValue(), "storage");
              if (!value.isZero()) {
                storage.put(number(slot.getKey(), "storage"), value);
              }
            });
    U256 nonce = account.has("nonce") ? number(account.get("nonce"), "nonce") : U256.ZERO;
    if (nonce.w3() != 0 || nonce.w2() != 0 || nonce.w1() != 0 || nonce.w0() < 0) {
      throw invalid("a nonce is below 2^63");
    }
    byte[] code = account.has("code") ? hex(account.get("code").asText(), "code") : new byte[0];
    if (code.length > CODE_BYTES_MAX) {
      throw invalid("code has at most " + CODE_BYTES_MAX + " bytes");
    }
    U256 balance = account.has("balance") ? number(account.get("balance"), "balance") : U256.ZERO;
    return new Allotment(balance, nonce.w0(), code, storage);
  }

  private long integer(String name, long unasked, long min, long max) {
    JsonNode value = json.path(name);
    if (value.isMissingNode()) {
      return unasked;
    }
    if (!value.canConvertToLong()
        || !value.isIntegralNumber()
        || value.asLong() < min
        || value.asLong() > max) {
      throw invalid(name + " is a whole number from " + min + " to " + max);
    }
    return value.asLong();
  }

  private static U256 number(JsonNode value, String name) {
    if (value.isIntegralNumber()) {
      return number(value.asText(), name);
    }
    if (!value.isTextual()) {
      throw invalid(name + " is a number, hexadecimal behind 0x");
    }
    return number(value.asText(), name);
  }

  private static U256 number(String text, String name) {
    try {
      boolean hex = text.startsWith("0x");
      return U256.of(new BigInteger(hex ? text.substring(2) : text, hex ? 16 : 10));
    } catch (IllegalArgumentException e) {
      throw invalid(name + " is a number below 2^256, hexadecimal behind 0x");
    }
  }

  private static Address address(String text) {
    byte[] bytes = hex(text, "alloc");
    if (bytes.length != Address.BYTES) {
      throw invalid("alloc names accounts by addresses of 20 bytes");
    }
    return Address.of(bytes);
  }

  private static byte[] hex(String text, String name) {
    try {
      return HexFormat.of().parseHex(text.startsWith("0x") ? text.substring(2) : text);
    } catch (IllegalArgumentException e) {
      throw invalid(name + " holds what is not hexadecimal");
    }
  }

  private static ObjectNode read(String text) {
    try {
      if (JSON.readTree(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw invalid("evm is not JSON");
    }
    throw invalid("evm is an object");
  }

  private static void requireMember(Set<String> members, String name) {
    if (!members.contains(name)) {
      throw invalid("there is no member '" + name + "' in evm");
    }
  }

  private static RefusedException invalid(String reason) {
    return new RefusedException(ContractRefusal.CHAIN_INVALID, reason);
  }
}
