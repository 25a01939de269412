package io.mooring.bench.fuzz;

import io.mooring.evm.Address;
import io.mooring.evm.BlockContext;
import io.mooring.evm.Fork;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.crypto.Keccak256;
import io.mooring.evm.crypto.Secp256k1;
import io.mooring.evm.interpreter.Opcode;
import io.mooring.evm.state.Code;
import io.mooring.evm.state.MemoryState;
import io.mooring.evm.transaction.AccessListEntry;
import io.mooring.evm.transaction.Authorization;
import io.mooring.evm.transaction.Transaction;
import io.mooring.evm.transaction.TransactionRules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Seeds to cases; the same seed gives the same case for ever. */
final class CaseGenerator {
  private static final List<Fork> OLDER =
      List.of(
          Fork.FRONTIER,
          Fork.HOMESTEAD,
          Fork.TANGERINE_WHISTLE,
          Fork.SPURIOUS_DRAGON,
          Fork.BYZANTIUM,
          Fork.PETERSBURG,
          Fork.ISTANBUL,
          Fork.BERLIN,
          Fork.LONDON,
          Fork.PARIS,
          Fork.SHANGHAI,
          Fork.CANCUN,
          Fork.PRAGUE);
  private static final int OSAKA_PERCENT = 50;
  private static final int SET_CODE_PERCENT = 20;

  private static final byte[] SECRET_KEY =
      Keccak256.hash("cow".getBytes(StandardCharsets.US_ASCII));
  private static final Address SENDER = Secp256k1.fastest().publicKey(SECRET_KEY).address();
  private static final byte[] AUTHORITY_KEY =
      Keccak256.hash("calf".getBytes(StandardCharsets.US_ASCII));

  /** Whose code transactions set (EIP-7702), and whom programs call. */
  private static final Address AUTHORITY = Secp256k1.fastest().publicKey(AUTHORITY_KEY).address();

  private static final Address DRIVER = address(0xd0);
  private static final Address COINBASE = address(0xcb);
  private static final Address STRANGER = address(0x57);
  private static final Address DELEGATING = address(0xde);
  private static final long CHAIN_ID = 1;
  private static final int CONTRACTS_MAX = 8;
  private static final long[] GAS_LIMITS = {25_000, 60_000, 100_000, 500_000, 1_000_000};

  /** Enough for the driver to make all its calls. */
  private static final long DRIVER_GAS_LIMIT = 12_000_000;

  private static final int[] CALL_GAS = {5_000, 60_000, 200_000, 400_000, 400_000, 800_000};

  private CaseGenerator() {}

  private static Address address(int last) {
    byte[] bytes = new byte[Address.BYTES];
    bytes[0] = (byte) 0xf0;
    bytes[Address.BYTES - 1] = (byte) last;
    return Address.of(bytes);
  }

  static FuzzCase of(long seed) {
    Values values = new Values(new Random(seed));
    Fork fork = values.chance(OSAKA_PERCENT) ? Fork.OSAKA : values.oneOf(OLDER);
    int contracts = 1 + values.below(CONTRACTS_MAX);
    List<Address> targets = targets(values, contracts);
    ProgramGenerator generator = new ProgramGenerator(values, fork, targets);

    MemoryState state = state(values, fork, generator.programs(contracts), contracts);
    TransactionRules rules = TransactionRules.of(fork, CHAIN_ID);
    long excessBlobGas = values.chance(70) ? 0 : values.below(1 << 25);
    BlockContext block = block(values, rules, excessBlobGas);
    Transaction transaction = transaction(values, fork, block, generator);
    return new FuzzCase(
        seed, fork, state, block, excessBlobGas, rules, transaction, SENDER, SECRET_KEY);
  }

  /** How many of the programs the transaction runs itself, not counting what they call. */
  static int programs(FuzzCase fuzz) {
    boolean driven = fuzz.transaction().to().equals(Optional.of(DRIVER));
    return driven
        ? (int) fuzz.before().accounts().keySet().stream().filter(CaseGenerator::isContract).count()
        : 1;
  }

  private static boolean isContract(Address address) {
    for (int i = 0; i < CONTRACTS_MAX; i++) {
      if (address.equals(contract(i))) {
        return true;
      }
    }
    return false;
  }

  private static Address contract(int index) {
    return address(0xa0 + index);
  }

  private static List<Address> targets(Values values, int contracts) {
    List<Address> targets =
        new ArrayList<>(
            List.of(STRANGER, SENDER, COINBASE, DELEGATING, DRIVER, AUTHORITY, AUTHORITY));
    for (int i = 0; i < contracts; i++) {
      for (int weight = 0; weight < 4; weight++) {
        targets.add(contract(i));
      }
    }
    byte[] precompile = new byte[Address.BYTES];
    precompile[Address.BYTES - 1] = (byte) values.below(0x13);
    targets.add(Address.of(precompile));
    return targets;
  }

  private static MemoryState state(Values values, Fork fork, List<byte[]> programs, int contracts) {
    MemoryState state = new MemoryState();
    state.put(SENDER, 0, new U256(0, 0, 1L << 40, 0), Code.NONE);
    state.put(DRIVER, 1, U256.of(values.below(9)), Code.of(driver(values, fork, contracts)));
    for (int i = 0; i < contracts; i++) {
      state.put(contract(i), 1, U256.of(values.below(5)), Code.of(programs.get(i)));
      for (int slot = values.below(4); slot > 0; slot--) {
        state.putStorage(contract(i), values.slot(), values.slotValue());
      }
    }
    if (fork.includes(Fork.PRAGUE)) {
      state.put(
          DELEGATING,
          1,
          U256.of(values.below(5)),
          Code.delegatingTo(values.chance(80) ? contract(0) : DELEGATING));
    }
    if (values.chance(30)) {
      state.put(COINBASE, 0, U256.ONE, Code.NONE);
    }
    return state;
  }

  /**
   * Calls each contract, and writes down whether it succeeded, what it returned and what is left.
   */
  private static byte[] driver(Values values, Fork fork, int contracts) {
    ProgramBuilder code = new ProgramBuilder();
    for (int i = 0; i < contracts; i++) {
      code.op(Opcode.CALLDATASIZE).push(0).push(0).op(Opcode.CALLDATACOPY);
      code.push(32).push(0).op(Opcode.CALLDATASIZE).push(0);
      code.push(values.chance(70) ? 0 : values.below(3));
      code.push(contract(i).bytes()).push(CALL_GAS[values.below(CALL_GAS.length)]);
      code.op(Opcode.CALL).push(1).op(Opcode.ADD).push(3 * i).op(Opcode.SSTORE);
      if (fork.includes(Fork.BYZANTIUM)) {
        code.op(Opcode.RETURNDATASIZE).push(0).push(0).op(Opcode.RETURNDATACOPY);
        code.op(Opcode.RETURNDATASIZE).push(0).op(Opcode.KECCAK256);
      } else {
        code.push(0).op(Opcode.MLOAD);
      }
      code.push(3 * i + 1).op(Opcode.SSTORE).op(Opcode.GAS).push(3 * i + 2).op(Opcode.SSTORE);
    }
    return code.bytes();
  }

  private static BlockContext block(Values values, TransactionRules rules, long excessBlobGas) {
    Fork fork = rules.fork();
    U256 random = values.word();
    return new BlockContext(
        values.oneOf(1L, 5L, 257L, 1000L, 30_000_000L),
        values.oneOf(1L, 1000L, 1_700_000_000L, (1L << 32) + 1),
        values.oneOf(30_000_000L, 36_000_000L, 1L << 40),
        values.chance(90) ? COINBASE : values.oneOf(SENDER, contract(0)),
        fork.includes(Fork.PARIS) ? random : U256.of(0x20000 + values.below(100)),
        fork.includes(Fork.LONDON) ? U256.of(values.oneOf(7, 10, 1000)) : U256.ZERO,
        fork.includes(Fork.CANCUN) ? rules.blobs().baseFee(excessBlobGas) : U256.ZERO,
        rules.chainId(),
        CaseGenerator::hashOfBlock);
  }

  /** As state tests have it: the hash of the number in decimal. */
  private static Hash hashOfBlock(long number) {
    return Hash.keccak(Long.toUnsignedString(number).getBytes(StandardCharsets.US_ASCII));
  }

  private static Transaction transaction(
      Values values, Fork fork, BlockContext block, ProgramGenerator generator) {
    boolean creates = values.chance(8);
    Address to = creates ? null : values.chance(85) ? DRIVER : contract(0);
    byte[] data = creates ? generator.creation() : values.bytes(values.below(3) * values.below(70));
    U256 value = values.chance(60) ? U256.ZERO : U256.of(values.below(4));
    boolean driven = DRIVER.equals(to) && values.chance(90);
    long gas = driven ? DRIVER_GAS_LIMIT : GAS_LIMITS[values.below(GAS_LIMITS.length)];
    U256 fee = block.baseFee().plus(U256.of(10));
    U256 tip = U256.of(values.below(11));
    List<AccessListEntry> warm =
        values.chance(70)
            ? List.of()
            : List.of(
                new AccessListEntry(contract(0), List.of(U256.ZERO, U256.of(values.below(5)))),
                new AccessListEntry(STRANGER, List.of()));
    long nonce = 0;
    if (fork.includes(Fork.PRAGUE) && !creates && values.chance(SET_CODE_PERCENT)) {
      return new Transaction.SetCode(
          CHAIN_ID,
          nonce,
          tip,
          fee,
          gas,
          values.chance(70) ? to : values.oneOf(AUTHORITY, SENDER),
          value,
          data,
          warm,
          authorizations(values));
    }
    if (fork.includes(Fork.CANCUN) && !creates && values.chance(10)) {
      return new Transaction.Blob(
          CHAIN_ID, nonce, tip, fee, gas, to, value, data, warm, U256.of(1L << 40), blobs(values));
    }
    if (fork.includes(Fork.LONDON) && values.chance(40)) {
      return new Transaction.DynamicFee(CHAIN_ID, nonce, tip, fee, gas, to, value, data, warm);
    }
    if (fork.includes(Fork.BERLIN) && values.chance(50)) {
      return new Transaction.AccessListed(CHAIN_ID, nonce, fee, gas, to, value, data, warm);
    }
    return new Transaction.Legacy(0, nonce, fee, gas, to, value, data);
  }

  /** Delegations to code, to nothing, to a precompile and to one another; some are not valid. */
  private static List<Authorization> authorizations(Values values) {
    List<Authorization> authorizations = new ArrayList<>();
    for (int i = values.below(4); i >= 0; i--) {
      boolean ofSender = values.chance(20);
      Address delegate =
          values.oneOf(
              contract(0),
              contract(0),
              contract(values.below(CONTRACTS_MAX)),
              AUTHORITY,
              DELEGATING,
              SENDER,
              STRANGER,
              Address.ZERO,
              new Address(0, 0, values.below(0x13)));
      authorizations.add(
          Authorization.sign(
              Secp256k1.fastest(),
              ofSender ? SECRET_KEY : AUTHORITY_KEY,
              U256.of(values.oneOf(0, 1, 1, 1, 2)),
              delegate,
              ofSender ? values.oneOf(1L, 1L, 0L) : values.oneOf(0L, 0L, 1L, 2L, -1L)));
    }
    return authorizations;
  }

  private static List<Hash> blobs(Values values) {
    List<Hash> blobs = new ArrayList<>();
    for (int i = values.below(3); i >= 0; i--) {
      byte[] hash = values.bytes(32);
      hash[0] = 1;
      blobs.add(Hash.of(hash));
    }
    return blobs;
  }
}
