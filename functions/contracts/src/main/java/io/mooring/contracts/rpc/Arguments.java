package io.mooring.contracts.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import java.util.function.Function;

/** The parameters of one call by position; what they are is read as it is asked for. */
public final class Arguments {
  private final JsonNode values;

  private Arguments(JsonNode values) {
    this.values = values;
  }

  /** {@code params} of a request, which may be missing or null. */
  static Arguments of(JsonNode params, int most) {
    if (params.isMissingNode() || params.isNull()) {
      return new Arguments(JsonNodeFactory.instance.arrayNode());
    }
    if (!params.isArray()) {
      throw RpcError.invalidParams("non-array args").exception();
    }
    if (params.size() > most) {
      throw RpcError.invalidParams("too many arguments, want at most " + most).exception();
    }
    return new Arguments(params);
  }

  public <T> T required(int index, Function<JsonNode, T> read) {
    return optional(index, read)
        .orElseThrow(
            () ->
                RpcError.invalidParams("missing value for required argument " + index).exception());
  }

  public <T> Optional<T> optional(int index, Function<JsonNode, T> read) {
    JsonNode value = values.path(index);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    try {
      return Optional.of(read.apply(value));
    } catch (InvalidValue invalid) {
      throw RpcError.invalidParams("invalid argument " + index + ": " + invalid.getMessage())
          .exception();
    }
  }

  /** The block at that place, which is the latest where none is named. */
  public BlockReference block(int index) {
    return optional(index, BlockReference::of).orElse(BlockReference.LATEST);
  }
}
