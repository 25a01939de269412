package io.mooring.contracts.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.evm.Hash;
import java.util.Optional;
import java.util.Set;

/** Which block a method is about: by tag, by number, or by hash (EIP-1898). */
public sealed interface BlockReference {
  BlockReference LATEST = new Tag(Name.LATEST);

  /** The tags; every block here is final as soon as it stands. */
  enum Name {
    EARLIEST,
    FINALIZED,
    SAFE,
    LATEST,
    PENDING
  }

  record Tag(Name name) implements BlockReference {}

  record Number(long number) implements BlockReference {}

  record ByHash(Hash hash) implements BlockReference {}

  /** A tag or a number, for methods that do not take a hash. */
  static BlockReference numbered(JsonNode node) {
    return switch (Values.text(node)) {
      case "earliest" -> new Tag(Name.EARLIEST);
      case "finalized" -> new Tag(Name.FINALIZED);
      case "safe" -> new Tag(Name.SAFE);
      case "latest" -> LATEST;
      case "pending" -> new Tag(Name.PENDING);
      default -> new Number(number(node));
    };
  }

  private static long number(JsonNode node) {
    long number = Values.number(node);
    if (number < 0) {
      throw new InvalidValue("block number larger than int64");
    }
    return number;
  }

  static BlockReference of(JsonNode node) {
    if (node.isObject()) {
      Values.onlyMembers(node, Set.of("blockNumber", "blockHash", "requireCanonical"));
      Optional<BlockReference> number =
          Values.member(node, "blockNumber", BlockReference::numbered);
      Optional<Hash> hash = Values.member(node, "blockHash", Values::hash);
      Values.member(node, "requireCanonical", Values::flag);
      if (number.isPresent() && hash.isPresent()) {
        throw new InvalidValue(
            "cannot specify both BlockHash and BlockNumber, choose one or the other");
      }
      return number
          .or(() -> hash.map(ByHash::new))
          .orElseThrow(() -> new InvalidValue("neither blockNumber nor blockHash"));
    }
    boolean isHash = node.isTextual() && node.textValue().length() == 2 + 2 * Hash.BYTES;
    return isHash ? new ByHash(Values.hash(node)) : numbered(node);
  }
}
