package io.mooring.bench.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.annotations.Param;

class WorkloadsTest {
  /** The gas is what go-ethereum and revm say, too; a change here makes old tables incomparable. */
  @ParameterizedTest
  @CsvSource({
    "arithmetic, 9100022",
    "mulmod, 8000022",
    "div, 11700022",
    "exp, 9940822",
    "keccak-32, 7020022",
    "keccak-1024, 10560117",
    "memory, 8525139",
    "mcopy, 13300120",
    "storage, 14251422",
    "call-serial, 8150024",
    "call-nested, 6941576",
    "snailtracer, 165962868",
    "erc20-5000, 15322132",
    "erc20-one, 71617"
  })
  void useTheGasTheyUse(String workload, long gas) {
    assertEquals(gas, new Run(Engine.ours(), Workloads.named(workload)).once().gasUsed());
  }

  @Test
  void areAllMeasured() throws NoSuchFieldException {
    Param names = EngineBenchmark.class.getField("workload").getAnnotation(Param.class);
    assertEquals(Workloads.ALL.stream().map(Workload::name).toList(), List.of(names.value()));
  }

  @Test
  void areRefusedByOtherNames() {
    assertThrows(IllegalArgumentException.class, () -> Workloads.named("fibonacci"));
  }

  @Test
  void areAssembledWithTheirJumps() {
    byte[] code = Assembly.assemble("0x0a loop: 0x01 SWAP1 SUB DUP1 @loop JUMPI STOP");
    assertEquals("[96, 10, 91, 96, 1, -112, 3, -128, 97, 0, 2, 87, 0]", Arrays.toString(code));
    assertThrows(IllegalArgumentException.class, () -> Assembly.assemble("@nowhere JUMP"));
    assertThrows(IllegalArgumentException.class, () -> Assembly.assemble("JUMPF"));
  }
}
