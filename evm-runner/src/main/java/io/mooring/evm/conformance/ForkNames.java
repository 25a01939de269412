package io.mooring.evm.conformance;

import io.mooring.evm.Fork;
import java.util.Map;
import java.util.Optional;

/** The names that Ethereum's tests give to forks. */
public final class ForkNames {
  private static final Map<String, Fork> FORKS =
      Map.ofEntries(
          Map.entry("Frontier", Fork.FRONTIER),
          Map.entry("Homestead", Fork.HOMESTEAD),
          Map.entry("EIP150", Fork.TANGERINE_WHISTLE),
          Map.entry("TangerineWhistle", Fork.TANGERINE_WHISTLE),
          Map.entry("EIP158", Fork.SPURIOUS_DRAGON),
          Map.entry("SpuriousDragon", Fork.SPURIOUS_DRAGON),
          Map.entry("Byzantium", Fork.BYZANTIUM),
          Map.entry("Constantinople", Fork.CONSTANTINOPLE),
          Map.entry("ConstantinopleFix", Fork.PETERSBURG),
          Map.entry("Petersburg", Fork.PETERSBURG),
          Map.entry("Istanbul", Fork.ISTANBUL),
          Map.entry("Berlin", Fork.BERLIN),
          Map.entry("London", Fork.LONDON),
          Map.entry("Merge", Fork.PARIS),
          Map.entry("Paris", Fork.PARIS),
          Map.entry("Shanghai", Fork.SHANGHAI),
          Map.entry("Cancun", Fork.CANCUN),
          Map.entry("Prague", Fork.PRAGUE),
          Map.entry("Osaka", Fork.OSAKA));

  private ForkNames() {}

  /** The fork of that name; none for the transitions between two, and for what we do not know. */
  public static Optional<Fork> find(String name) {
    return Optional.ofNullable(FORKS.get(name));
  }
}
