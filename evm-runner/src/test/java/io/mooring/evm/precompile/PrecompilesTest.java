package io.mooring.evm.precompile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.mooring.evm.Address;
import io.mooring.evm.Fork;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrecompilesTest {
  private static final Address SHA256 = Address.fromHex("0000000000000000000000000000000000000002");

  @Test
  void areFoundByAddressAndByStackWordAlike() {
    Precompiles newest = Precompiles.of(Fork.NEWEST);
    assertSame(newest.at(SHA256), newest.at(0, 0, 2));
    assertNotNull(newest.at(SHA256));
  }

  @Test
  void ignoreWhatStandsAboveTheAddressInAWord() {
    assertNotNull(Precompiles.of(Fork.NEWEST).at(0xabcd_0000_0000L << 16, 0, 2));
  }

  @Test
  void areNotWhereAnyOtherBitIsSet() {
    Precompiles newest = Precompiles.of(Fork.NEWEST);
    assertNull(newest.at(1, 0, 2));
    assertNull(newest.at(0, 1, 2));
    assertNull(newest.at(0, 0, 0));
    assertNull(newest.at(0, 0, 0x101));
    assertNull(newest.at(0, 0, -1));
    assertNull(newest.at(Address.fromHex("0100000000000000000000000000000000000002")));
  }

  @Test
  void areBuiltOnceForEachFork() {
    assertSame(Precompiles.of(Fork.CANCUN), Precompiles.of(Fork.CANCUN));
  }

  @Test
  void growByFork() {
    assertEquals(
        List.of(4, 4, 4, 4, 8, 8, 8, 9, 9, 9, 9, 9, 10, 17, 18),
        Arrays.stream(Fork.values()).map(fork -> Precompiles.of(fork).addresses().size()).toList());
  }
}
