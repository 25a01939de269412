package io.mooring.contracts.simulation;

import io.mooring.evm.Address;
import io.mooring.evm.ContractAddress;
import io.mooring.evm.Tracer;
import io.mooring.evm.U256;
import io.mooring.evm.transaction.AccessListEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds the access list with which a call touches nothing that is not on it (EIP-2930). */
public final class AccessLists {
  /** A list can change what code does, so it is made again until it stays; not for ever. */
  private static final int ROUNDS_MAX = 16;

  private final CallRunner runner;

  public AccessLists(CallRunner runner) {
    this.runner = runner;
  }

  /** The list, and the call as it went with it. */
  public record Result(List<AccessListEntry> accessList, CallRunner.Ran ran) {}

  public Result of(CallSetting setting, CallRequest request, long gas) {
    Set<Address> warmAnyway = new HashSet<>(setting.precompiles().addresses());
    warmAnyway.add(request.from());
    warmAnyway.add(target(setting, request));
    List<AccessListEntry> named = request.accessList();
    List<AccessListEntry> list = named == null ? List.of() : named;
    for (int round = 0; ; round++) {
      Touched touched = new Touched(list);
      CallRunner.Ran ran = runner.run(setting, request.withAccessList(list), gas, touched);
      List<AccessListEntry> next = touched.list(warmAnyway);
      if (next.equals(list) || round == ROUNDS_MAX) {
        return new Result(next, ran);
      }
      list = next;
    }
  }

  private static Address target(CallSetting setting, CallRequest request) {
    Address to = request.to();
    if (to != null) {
      return to;
    }
    long nonce = setting.state().account(request.from()).map(found -> found.nonce()).orElse(0L);
    return ContractAddress.of(request.from(), nonce);
  }

  /** What instructions look at. */
  private static final class Touched implements Tracer {
    private static final int BALANCE = 0x31;
    private static final int EXTCODESIZE = 0x3b;
    private static final int EXTCODECOPY = 0x3c;
    private static final int EXTCODEHASH = 0x3f;
    private static final int SLOAD = 0x54;
    private static final int SSTORE = 0x55;
    private static final int CALL = 0xf1;
    private static final int CALLCODE = 0xf2;
    private static final int DELEGATECALL = 0xf4;
    private static final int STATICCALL = 0xfa;
    private static final int SELFDESTRUCT = 0xff;

    private final Map<Address, SortedSet<U256>> slots = new TreeMap<>();

    Touched(List<AccessListEntry> already) {
      already.forEach(entry -> of(entry.address()).addAll(entry.storageKeys()));
    }

    private SortedSet<U256> of(Address address) {
      return slots.computeIfAbsent(address, absent -> new TreeSet<>());
    }

    @Override
    public void step(Step step) {
      int size = step.stackSize();
      switch (step.opcode()) {
        case SLOAD, SSTORE -> {
          if (size >= 1) {
            of(step.address()).add(step.stack(0));
          }
        }
        case BALANCE, EXTCODESIZE, EXTCODECOPY, EXTCODEHASH, SELFDESTRUCT -> {
          if (size >= 1) {
            of(Address.of(step.stack(0)));
          }
        }
        case CALL, CALLCODE, DELEGATECALL, STATICCALL -> {
          if (size >= 5) {
            of(Address.of(step.stack(1)));
          }
        }
        default -> {}
      }
    }

    /** Accounts that are warm anyway are left out, unless a slot of theirs was looked at. */
    List<AccessListEntry> list(Set<Address> warmAnyway) {
      List<AccessListEntry> list = new ArrayList<>();
      slots.forEach(
          (address, keys) -> {
            if (!keys.isEmpty() || !warmAnyway.contains(address)) {
              list.add(new AccessListEntry(address, List.copyOf(keys)));
            }
          });
      return list;
    }
  }
}
