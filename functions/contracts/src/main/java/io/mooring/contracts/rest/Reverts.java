package io.mooring.contracts.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooring.contracts.ContractRefusal;
import io.mooring.contracts.abi.Abi;
import io.mooring.contracts.abi.AbiDecoder;
import io.mooring.contracts.abi.AbiItem;
import io.mooring.contracts.abi.AbiRefused;
import io.mooring.evm.Outcome;
import io.mooring.evm.trace.Errors;
import io.mooring.evm.trace.RevertReason;
import io.mooring.platform.json.JsonTree;
import io.mooring.platform.problem.RefusedException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Why code took back what it was asked for, in the words of its ABI. */
public final class Reverts {
  private static final int SHOWN_CHARACTERS_MAX = 1_000;

  private Reverts() {}

  /** The refusal for a call that did not succeed. */
  public static RefusedException refusal(Abi abi, Outcome outcome) {
    return switch (outcome.status()) {
      case REVERTED -> reverted(abi, outcome.output());
      case HALTED, INTERRUPTED, SUCCESS ->
          new RefusedException(
              ContractRefusal.CONTRACT_HALTED, Errors.of(outcome.halt(), false) + " in the code");
    };
  }

  public static RefusedException reverted(Abi abi, byte[] data) {
    return new RefusedException(
        ContractRefusal.CONTRACT_REVERTED,
        words(abi, data),
        ContractRefusal.CONTRACT_REVERTED.remedy(),
        Map.of("revert", error(abi, data)));
  }

  /** One sentence, such as {@code ERC20InsufficientBalance("0x…", "5", "7")}. */
  static String words(Abi abi, byte[] data) {
    String reason = RevertReason.of(data);
    if (!reason.isEmpty()) {
      return shortened(reason);
    }
    Optional<AbiItem.Error> error = abi.error(data);
    Optional<JsonNode> arguments = error.flatMap(known -> arguments(known, data));
    if (arguments.isPresent()) {
      return shortened(error.get().name() + values(arguments.get()));
    }
    return data.length == 0
        ? "the code reverted without a reason"
        : shortened("the code reverted with 0x" + HexFormat.of().formatHex(data));
  }

  /**
   * What is known of an error: always its bytes, and its name and arguments where the ABI has it.
   */
  static ObjectNode error(Abi abi, byte[] data) {
    ObjectNode json = JsonTree.object();
    abi.error(data)
        .ifPresent(
            error ->
                arguments(error, data)
                    .ifPresent(
                        arguments -> {
                          json.put("name", error.name());
                          json.put("signature", error.signature());
                          json.set("arguments", arguments);
                        }));
    return json.put("data", "0x" + HexFormat.of().formatHex(data));
  }

  private static Optional<JsonNode> arguments(AbiItem.Error error, byte[] data) {
    try {
      return Optional.of(AbiDecoder.error(error, data));
    } catch (AbiRefused other) {
      return Optional.empty(); // some other contract's bytes, which happen to begin like this
    }
  }

  private static String values(JsonNode arguments) {
    StringBuilder text = new StringBuilder("(");
    arguments.forEach(value -> text.append(text.length() > 1 ? ", " : "").append(value));
    return text.append(')').toString();
  }

  private static String shortened(String text) {
    return text.length() > SHOWN_CHARACTERS_MAX ? text.substring(0, SHOWN_CHARACTERS_MAX) : text;
  }
}
