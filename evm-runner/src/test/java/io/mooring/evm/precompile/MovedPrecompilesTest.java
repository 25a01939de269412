package io.mooring.evm.precompile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mooring.evm.Address;
import io.mooring.evm.Fork;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MovedPrecompilesTest {
  private static final Precompiles USUAL = Precompiles.of(Fork.NEWEST);
  private static final Address RECOVER = new Address(0, 0, 1);
  private static final Address ELSEWHERE = new Address(7, 8, 0x123456);

  @Test
  void standWhereTheyWereMovedAndNoLongerWhereTheyWere() {
    Precompiles moved = USUAL.with(Set.of(RECOVER), Map.of(RECOVER, ELSEWHERE));

    assertNull(moved.at(RECOVER));
    assertSame(USUAL.at(RECOVER), moved.at(ELSEWHERE));
    assertSame(USUAL.at(RECOVER), moved.at(7, 8, 0x123456));
    assertTrue(moved.addresses().contains(ELSEWHERE));
    assertFalse(moved.addresses().contains(RECOVER));
    assertEquals(USUAL.addresses().size(), moved.addresses().size());
  }

  @Test
  void leaveTheForksOwnAsTheyWere() {
    USUAL.with(Set.of(RECOVER), Map.of(RECOVER, ELSEWHERE));

    assertNotNull(USUAL.at(RECOVER));
    assertNull(USUAL.at(ELSEWHERE));
  }

  @Test
  void refuseToMoveWhatIsNone() {
    assertThrows(
        IllegalArgumentException.class,
        () -> USUAL.with(Set.of(), Map.of(ELSEWHERE, new Address(0, 0, 2))));
  }
}
