package io.mooring.evm.interpreter;

import io.mooring.evm.Fork;
import io.mooring.evm.Hash;
import io.mooring.evm.state.Code;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The programs that were run lately, by the hash of their code.
 *
 * <p>Two generations: when the young one is full it becomes the old one, and what was old and not
 * asked for since is dropped. Shared by threads.
 */
final class Programs {
  private static final long YOUNG_CODE_BYTES_MAX = 8L << 20;

  // Equality written out, as in U256.
  private record Key(Hash code, Fork fork) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key(Hash otherCode, Fork otherFork)
          && fork == otherFork
          && code.equals(otherCode);
    }

    @Override
    public int hashCode() {
      return 31 * code.hashCode() + fork.hashCode();
    }
  }

  private volatile Map<Key, Program> young = new ConcurrentHashMap<>();
  private volatile Map<Key, Program> old = Map.of();
  private long youngBytes;

  Program of(Code code, Fork fork) {
    Key key = new Key(code.hash(), fork);
    Program known = young.get(key);
    if (known != null) {
      return known;
    }
    known = old.get(key);
    Program program = known != null ? known : new Program(code.bytes(), fork);
    keep(key, program);
    return program;
  }

  private synchronized void keep(Key key, Program program) {
    youngBytes += program.code().length;
    if (youngBytes > YOUNG_CODE_BYTES_MAX) {
      old = young;
      young = new ConcurrentHashMap<>();
      youngBytes = program.code().length;
    }
    young.put(key, program);
  }
}
