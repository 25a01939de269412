package io.mooring.bench.evm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Everything that is measured. */
final class Workloads {
  private static final String WORD_A =
      "0xf3b6a1c29d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e9";
  private static final String WORD_B =
      "0x8f1d2c3b4a5968778695a4b3c2d1e0ff0102030405060708090a0b0c0d0e0f11";
  private static final String HALF = "0xd1e0ff0102030405060708090a0b0c0d";
  private static final long SNAILTRACER_GAS = 1_000_000_000;
  private static final int ERC20_TRANSFERS = 5000;

  /** Calls that come from the contract itself end here at once. */
  private static final String LEAF = "ADDRESS CALLER EQ @leaf JUMPI";

  private Workloads() {}

  static final List<Workload> ALL =
      List.of(
          loop(
              "arithmetic",
              "ADD SUB MUL AND XOR NOT SHL LT on full words",
              100_000,
              "SWAP1 "
                  + WORD_A
                  + " ADD DUP1 MUL "
                  + WORD_B
                  + " XOR DUP1 0x07 SHL SUB NOT DUP1 "
                  + WORD_A
                  + " LT ADD "
                  + WORD_B
                  + " AND "
                  + WORD_A
                  + " SUB SWAP1"),
          loop(
              "mulmod",
              "MULMOD and ADDMOD by a 256-bit modulus",
              100_000,
              "SWAP1 "
                  + WORD_A
                  + " SWAP1 DUP1 MULMOD "
                  + WORD_A
                  + " "
                  + WORD_B
                  + " DUP3 MULMOD "
                  + WORD_A
                  + " SWAP2 ADDMOD SWAP1"),
          loop(
              "div",
              "DIV, MOD, SDIV and SMOD of words by two, three and four limbs",
              100_000,
              "SWAP1 "
                  + HALF
                  + " DUP2 DIV DUP2 "
                  + WORD_A
                  + " SWAP1 MOD XOR SWAP1 0x40 SHR 0x01 OR DUP1 "
                  + WORD_B
                  + " SDIV SWAP1 "
                  + WORD_B
                  + " SMOD XOR XOR "
                  + WORD_B
                  + " MUL 0x01 ADD SWAP1"),
          loop(
              "exp",
              "EXP with exponents of 32 bytes",
              6_000,
              "SWAP1 " + WORD_A + " ADD 0x01 OR DUP1 EXP SWAP1"),
          loop(
              "keccak-32",
              "KECCAK256 of one word, each the hash of the last",
              90_000,
              "SWAP1 PUSH0 MSTORE 0x20 PUSH0 KECCAK256 SWAP1"),
          loop(
              "keccak-1024",
              "KECCAK256 of 1 KiB",
              40_000,
              "SWAP1 PUSH0 MSTORE 0x0400 PUSH0 KECCAK256 SWAP1"),
          loop(
              "memory",
              "MSTORE, MLOAD and MSTORE8 over 32 KiB",
              120_000,
              "DUP1 0x7fe0 AND DUP3 DUP2 MSTORE DUP1 MLOAD 0x01 ADD SWAP3 SWAP1 0x10 ADD MSTORE8"),
          loop(
              "mcopy", "MCOPY of 1 KiB onto itself, a word on", 100_000, "0x0400 PUSH0 0x20 MCOPY"),
          loop(
              "storage",
              "SLOAD and SSTORE over 256 slots, cold once and then warm",
              35_000,
              "DUP1 0xff AND DUP1 SLOAD DUP3 ADD SWAP1 SSTORE"),
          callSerial(),
          callNested(),
          new Workload(
              "snailtracer",
              "the ray tracer that revme ships",
              resource("snailtracer.hex"),
              HexFormat.of().parseHex("30627b7c"),
              SNAILTRACER_GAS),
          erc20("erc20-5000", "5,000 ERC-20 transfers inside one call", ERC20_TRANSFERS),
          erc20("erc20-one", "one mint and one transfer of an OpenZeppelin ERC-20", 1));

  static Workload named(String name) {
    return ALL.stream()
        .filter(workload -> workload.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such workload: " + name));
  }

  /** Repeats a body that finds {@code [accumulator, counter]} on the stack and leaves it so. */
  private static Workload loop(String name, String what, int times, String body) {
    return assembled(
        name,
        what,
        "%s %s loop: %s 0x01 SWAP1 SUB DUP1 @loop JUMPI SWAP1 PUSH0 MSTORE 0x20 PUSH0 RETURN"
            .formatted(WORD_B, number(times), body));
  }

  private static Workload callSerial() {
    return assembled(
        "call-serial",
        "CALLs one after another",
        LEAF
            + " "
            + number(50_000)
            + " loop: PUSH0 PUSH0 PUSH0 PUSH0 PUSH0 ADDRESS GAS CALL POP"
            + " 0x01 SWAP1 SUB DUP1 @loop JUMPI leaf: STOP");
  }

  /** Each frame calls itself with one less in the input's first word, down to nothing. */
  private static Workload callNested() {
    return assembled(
        "call-nested",
        "CALLs inside one another, 256 deep",
        "ADDRESS CALLER EQ @inner JUMPI "
            + number(150)
            + " loop: 0x0100 PUSH0 MSTORE PUSH0 PUSH0 0x20 PUSH0 PUSH0 ADDRESS GAS CALL POP"
            + " 0x01 SWAP1 SUB DUP1 @loop JUMPI STOP"
            + " inner: PUSH0 CALLDATALOAD DUP1 ISZERO @leaf JUMPI"
            + " 0x01 SWAP1 SUB PUSH0 MSTORE PUSH0 PUSH0 0x20 PUSH0 PUSH0 ADDRESS GAS CALL POP"
            + " leaf: STOP");
  }

  private static Workload assembled(String name, String what, String source) {
    return new Workload(name, what, Assembly.assemble(source), new byte[0], Workload.MESSAGE_GAS);
  }

  private static Workload erc20(String name, String what, int transfers) {
    String input = "9377d711%064x".formatted(transfers); // transfers(uint256)
    return new Workload(
        name,
        what,
        resource("erc20-transfers.hex"),
        HexFormat.of().parseHex(input),
        Workload.MESSAGE_GAS);
  }

  private static String number(int value) {
    return "0x%06x".formatted(value);
  }

  private static byte[] resource(String name) {
    try (InputStream in = Workloads.class.getResourceAsStream("/workloads/" + name)) {
      if (in == null) {
        throw new IllegalStateException("not packed: " + name);
      }
      String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII).trim();
      return HexFormat.of().parseHex(hex);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
