package io.mooring.bench.evm;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * A line of mnemonics to bytecode.
 *
 * <p>{@code 0x…} pushes as many bytes as it has digits for, {@code name:} is a jump destination and
 * {@code @name} pushes where it is.
 */
final class Assembly {
  private static final int JUMPDEST = 0x5b;
  private static final int PUSH0 = 0x5f;
  private static final int PUSH2 = 0x61;

  private static final Map<String, Integer> OPCODES = new HashMap<>();

  static {
    name(
        0x00, "STOP", "ADD", "MUL", "SUB", "DIV", "SDIV", "MOD", "SMOD", "ADDMOD", "MULMOD", "EXP");
    name(0x10, "LT", "GT", "SLT", "SGT", "EQ", "ISZERO", "AND", "OR", "XOR", "NOT", "BYTE", "SHL");
    name(0x1c, "SHR", "SAR");
    name(0x20, "KECCAK256");
    name(0x30, "ADDRESS", "BALANCE", "ORIGIN", "CALLER", "CALLVALUE", "CALLDATALOAD");
    name(0x50, "POP", "MLOAD", "MSTORE", "MSTORE8", "SLOAD", "SSTORE", "JUMP", "JUMPI", "PC");
    name(0x59, "MSIZE", "GAS", "JUMPDEST", "TLOAD", "TSTORE", "MCOPY", "PUSH0");
    for (int i = 1; i <= 16; i++) {
      OPCODES.put("DUP" + i, 0x7f + i);
      OPCODES.put("SWAP" + i, 0x8f + i);
    }
    name(0xf1, "CALL", "CALLCODE", "RETURN", "DELEGATECALL");
  }

  private static void name(int first, String... names) {
    for (int i = 0; i < names.length; i++) {
      OPCODES.put(names[i], first + i);
    }
  }

  private Assembly() {}

  static byte[] assemble(String source) {
    ByteArrayOutputStream code = new ByteArrayOutputStream();
    Map<String, Integer> labels = new HashMap<>();
    Map<Integer, String> references = new HashMap<>();
    for (String word : source.trim().split("\\s+")) {
      if (word.endsWith(":")) {
        labels.put(word.substring(0, word.length() - 1), code.size());
        code.write(JUMPDEST);
      } else if (word.startsWith("@")) {
        code.write(PUSH2);
        references.put(code.size(), word.substring(1));
        code.write(0);
        code.write(0);
      } else if (word.startsWith("0x")) {
        byte[] value = HexFormat.of().parseHex(word.substring(2));
        code.write(PUSH0 + value.length);
        code.writeBytes(value);
      } else {
        Integer opcode = OPCODES.get(word);
        if (opcode == null) {
          throw new IllegalArgumentException("no such instruction: " + word);
        }
        code.write(opcode);
      }
    }
    byte[] bytes = code.toByteArray();
    references.forEach(
        (at, label) -> {
          Integer target = labels.get(label);
          if (target == null) {
            throw new IllegalArgumentException("no such label: " + label);
          }
          bytes[at] = (byte) (target >>> 8);
          bytes[at + 1] = target.byteValue();
        });
    return bytes;
  }
}
