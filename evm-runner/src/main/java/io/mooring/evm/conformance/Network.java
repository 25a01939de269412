package io.mooring.evm.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.evm.Fork;
import io.mooring.evm.block.BlockHeader;
import io.mooring.evm.transaction.BlobSchedule;
import io.mooring.evm.transaction.TransactionRules;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rules a blockchain test runs under: a fork's from the start, and maybe another's from a block
 * number ({@code BerlinToLondonAt5}) or a time ({@code ShanghaiToCancunAtTime15k}) on.
 */
final class Network {
  private static final long MAINNET = 1;
  private static final long THOUSAND = 1_000;

  private static final Pattern TRANSITION =
      Pattern.compile("(\\w+?)To(\\w+?)At(Time)?(\\d{1,9})(k?)");

  /** A fork that changes nothing but the schedule of blobs. */
  private static final Pattern BLOB_PARAMETERS_ONLY = Pattern.compile("BPO\\d");

  /** When the later rules begin to hold. */
  private record Start(boolean byTime, long at) {
    boolean isBehind(BlockHeader header) {
      long reached = byTime ? header.timestamp() : header.number();
      return Long.compareUnsigned(reached, at) >= 0;
    }
  }

  private final TransactionRules before;
  private final TransactionRules after;
  private final Start start;

  private Network(TransactionRules before, TransactionRules after, Start start) {
    this.before = before;
    this.after = after;
    this.start = start;
  }

  /**
   * Nothing for a network that we do not have: Paris by total difficulty, the DAO's irregular
   * change.
   */
  static Optional<Network> find(String name, JsonNode config) {
    Matcher transition = TRANSITION.matcher(name);
    if (!transition.matches()) {
      return rules(name, config).map(rules -> new Network(rules, rules, new Start(false, 0)));
    }
    long unit = transition.group(5).isEmpty() ? 1 : THOUSAND;
    Start start =
        new Start(transition.group(3) != null, Long.parseLong(transition.group(4)) * unit);
    return rules(transition.group(1), config)
        .flatMap(
            before ->
                rules(transition.group(2), config).map(after -> new Network(before, after, start)));
  }

  private static Optional<TransactionRules> rules(String forkName, JsonNode config) {
    return fork(forkName, config)
        .map(
            fork ->
                new TransactionRules(
                    fork,
                    JsonHex.number(config, "chainid", MAINNET),
                    BlobScheduleJson.read(config, fork, forkName, BlobSchedule.of(fork)),
                    StateTest.LIMITS));
  }

  private static Optional<Fork> fork(String name, JsonNode config) {
    boolean hasSchedule = config.path("blobSchedule").has(name);
    return BLOB_PARAMETERS_ONLY.matcher(name).matches() && hasSchedule
        ? Optional.of(Fork.OSAKA)
        : ForkNames.find(name);
  }

  TransactionRules rules(BlockHeader header) {
    return start.isBehind(header) ? after : before;
  }
}
