package io.mooring.contracts.abi;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The type of a value that goes into a contract or comes out of it. */
public sealed interface AbiType {
  int WORD_BYTES = 32;

  /** As it stands in signatures. */
  String canonical();

  /** Whether its length is its value's; then it stands apart, and an offset in its place. */
  boolean isDynamic();

  /** How many bytes it takes where it stands. */
  default int headBytes() {
    return WORD_BYTES;
  }

  record Uint(int bits) implements AbiType {
    @Override
    public String canonical() {
      return "uint" + bits;
    }

    @Override
    public boolean isDynamic() {
      return false;
    }
  }

  record Int(int bits) implements AbiType {
    @Override
    public String canonical() {
      return "int" + bits;
    }

    @Override
    public boolean isDynamic() {
      return false;
    }
  }

  record Bool() implements AbiType {
    @Override
    public String canonical() {
      return "bool";
    }

    @Override
    public boolean isDynamic() {
      return false;
    }
  }

  record Account() implements AbiType {
    @Override
    public String canonical() {
      return "address";
    }

    @Override
    public boolean isDynamic() {
      return false;
    }
  }

  /** Bytes of a length that the type says. */
  record FixedBytes(int length) implements AbiType {
    @Override
    public String canonical() {
      return "bytes" + length;
    }

    @Override
    public boolean isDynamic() {
      return false;
    }
  }

  /** A function of a contract: 20 bytes of address and 4 of selector. */
  record FunctionPointer() implements AbiType {
    static final int BYTES = 24;

    @Override
    public String canonical() {
      return "function";
    }

    @Override
    public boolean isDynamic() {
      return false;
    }
  }

  record Bytes() implements AbiType {
    @Override
    public String canonical() {
      return "bytes";
    }

    @Override
    public boolean isDynamic() {
      return true;
    }
  }

  record Text() implements AbiType {
    @Override
    public String canonical() {
      return "string";
    }

    @Override
    public boolean isDynamic() {
      return true;
    }
  }

  /** As many as there are. */
  record Sequence(AbiType of) implements AbiType {
    @Override
    public String canonical() {
      return of.canonical() + "[]";
    }

    @Override
    public boolean isDynamic() {
      return true;
    }
  }

  /** As many as the type says. */
  record FixedSequence(AbiType of, int length) implements AbiType {
    @Override
    public String canonical() {
      return of.canonical() + "[" + length + "]";
    }

    @Override
    public boolean isDynamic() {
      return of.isDynamic();
    }

    @Override
    public int headBytes() {
      return isDynamic() ? WORD_BYTES : AbiTypes.bounded((long) length * of.headBytes());
    }
  }

  record Tuple(List<AbiParameter> members) implements AbiType {
    public Tuple {
      members = List.copyOf(members);
    }

    @Override
    public String canonical() {
      return members.stream()
          .map(member -> member.type().canonical())
          .collect(Collectors.joining(",", "(", ")"));
    }

    @Override
    public boolean isDynamic() {
      return members.stream().anyMatch(member -> member.type().isDynamic());
    }

    @Override
    public int headBytes() {
      return isDynamic() ? WORD_BYTES : headsBytes();
    }

    /** How many bytes the heads of its members take. */
    int headsBytes() {
      return AbiTypes.bounded(
          members.stream().mapToLong(member -> member.type().headBytes()).sum());
    }

    /** Whether its members can be told apart by name, so that it is an object in JSON. */
    boolean isNamed() {
      Set<String> names =
          members.stream()
              .map(AbiParameter::name)
              .filter(name -> !name.isEmpty())
              .collect(Collectors.toSet());
      return !members.isEmpty() && names.size() == members.size();
    }
  }
}
