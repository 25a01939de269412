package io.mooring.evm.precompile;

import io.mooring.evm.Address;
import io.mooring.evm.Fork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The precompiled contracts of a fork, by address.
 *
 * <p>{@link #schedule} is the one list of what each fork added or repriced.
 */
public final class Precompiles {
  private static final int HIGHEST_ADDRESS = 0x100;
  private static final AtomicReferenceArray<Precompiles> BY_FORK =
      new AtomicReferenceArray<>(Fork.values().length);

  private final @Nullable Precompile[] byAddress = new @Nullable Precompile[HIGHEST_ADDRESS + 1];

  /** Those that a simulation put somewhere else. */
  private final Map<Address, Precompile> elsewhere = new HashMap<>();

  private Precompiles() {}

  public static Precompiles of(Fork fork) {
    Precompiles known = BY_FORK.get(fork.ordinal());
    if (known != null) {
      return known;
    }
    Precompiles made = schedule(fork);
    BY_FORK.set(fork.ordinal(), made);
    return made;
  }

  private static Precompiles schedule(Fork fork) {
    return schedule(fork, Curves.FASTEST);
  }

  static Precompiles schedule(Fork fork, Curves curves) {
    Precompiles at = new Precompiles();
    at.put(0x01, new EcRecover(curves));
    at.put(0x02, new Sha256());
    at.put(0x03, new Ripemd160());
    at.put(0x04, new Identity());
    if (fork.includes(Fork.BYZANTIUM)) {
      at.put(0x05, new ModExp(ModExp.Pricing.EIP_198));
      at.put(0x06, new Bn254Add(Bn254Add.GAS_EIP_196));
      at.put(0x07, new Bn254Multiply(Bn254Multiply.GAS_EIP_196));
      at.put(0x08, new Bn254Pairing(Bn254Pairing.Price.EIP_197));
    }
    if (fork.includes(Fork.ISTANBUL)) {
      at.put(0x06, new Bn254Add(Bn254Add.GAS_EIP_1108));
      at.put(0x07, new Bn254Multiply(Bn254Multiply.GAS_EIP_1108));
      at.put(0x08, new Bn254Pairing(Bn254Pairing.Price.EIP_1108));
      at.put(0x09, new Blake2F());
    }
    if (fork.includes(Fork.BERLIN)) {
      at.put(0x05, new ModExp(ModExp.Pricing.EIP_2565));
    }
    if (fork.includes(Fork.CANCUN)) {
      at.put(0x0a, new PointEvaluation(curves));
    }
    if (fork.includes(Fork.PRAGUE)) {
      at.put(0x0b, new BlsAdd(BlsGroup.G1, curves));
      at.put(0x0c, new BlsSum(BlsGroup.G1, curves));
      at.put(0x0d, new BlsAdd(BlsGroup.G2, curves));
      at.put(0x0e, new BlsSum(BlsGroup.G2, curves));
      at.put(0x0f, new BlsPairing(curves));
      at.put(0x10, new BlsMap(BlsGroup.G1));
      at.put(0x11, new BlsMap(BlsGroup.G2));
    }
    if (fork.includes(Fork.OSAKA)) {
      at.put(0x05, new ModExp(ModExp.Pricing.EIP_7883));
      at.put(0x100, new P256Verify());
    }
    return at;
  }

  private void put(int address, Precompile precompile) {
    byAddress[address] = precompile;
  }

  /**
   * These with some taken away and some put elsewhere, as a simulation may ask for.
   *
   * @param removed the addresses that hold none any more
   * @param moved from where each stands in these to where it shall stand
   */
  public Precompiles with(Set<Address> removed, Map<Address, Address> moved) {
    Precompiles changed = new Precompiles();
    System.arraycopy(byAddress, 0, changed.byAddress, 0, byAddress.length);
    changed.elsewhere.putAll(elsewhere);
    removed.forEach(changed::remove);
    moved.forEach(
        (from, to) -> {
          Precompile precompile = at(from);
          if (precompile == null) {
            throw new IllegalArgumentException("there is no precompile at " + from);
          }
          changed.elsewhere.put(to, precompile);
        });
    return changed;
  }

  private void remove(Address address) {
    elsewhere.remove(address);
    for (int i = 0; i <= HIGHEST_ADDRESS; i++) {
      if (address.equals(addressOf(i))) {
        byAddress[i] = null;
      }
    }
  }

  private static Address addressOf(int number) {
    return new Address(0, 0, number);
  }

  /** The precompile at an address given as the low 160 bits of a stack word, or null. */
  public @Nullable Precompile at(long w2, long w1, long w0) {
    if (!elsewhere.isEmpty()) {
      Precompile moved = elsewhere.get(new Address((int) w2, w1, w0));
      if (moved != null) {
        return moved;
      }
    }
    return (w2 & 0xffff_ffffL | w1) == 0 && Long.compareUnsigned(w0, HIGHEST_ADDRESS) <= 0
        ? byAddress[(int) w0]
        : null;
  }

  public @Nullable Precompile at(Address address) {
    return at(Integer.toUnsignedLong(address.high()), address.middle(), address.low());
  }

  /** Every address that holds a precompile, as EIP-2929 warms them. */
  public List<Address> addresses() {
    List<Address> addresses = new ArrayList<>();
    for (int i = 0; i <= HIGHEST_ADDRESS; i++) {
      if (byAddress[i] != null) {
        addresses.add(addressOf(i));
      }
    }
    addresses.addAll(elsewhere.keySet());
    return List.copyOf(addresses);
  }
}
