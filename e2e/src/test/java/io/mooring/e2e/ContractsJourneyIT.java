package io.mooring.e2e;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A token is deployed, sent and watched by the tools that its developers use already. */
@ExtendWith(SharedProduct.class)
class ContractsJourneyIT {
  @TempDir Path folder;

  @Test
  void withEthers(LocalProduct product) {
    NodeTools.runGuide("ethers", folder, product);
  }

  @Test
  void withViem(LocalProduct product) {
    NodeTools.runGuide("viem", folder, product);
  }

  @Test
  void withHardhat(LocalProduct product) {
    NodeTools.runGuide("hardhat", folder, product);
  }

  @Test
  void withFoundry(LocalProduct product) {
    NodeTools.runGuide("foundry", folder, product);
  }
}
