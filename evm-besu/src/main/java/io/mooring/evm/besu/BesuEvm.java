package io.mooring.evm.besu;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.Multimap;
import io.mooring.evm.Address;
import io.mooring.evm.BlockContext;
import io.mooring.evm.Environment;
import io.mooring.evm.Evm;
import io.mooring.evm.Halt;
import io.mooring.evm.Hash;
import io.mooring.evm.Log;
import io.mooring.evm.Message;
import io.mooring.evm.Outcome;
import io.mooring.evm.Outcome.Status;
import io.mooring.evm.Tracer;
import io.mooring.evm.state.Account;
import io.mooring.evm.state.Code;
import io.mooring.evm.state.WorldState;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.hyperledger.besu.datatypes.VersionedHash;
import org.hyperledger.besu.evm.frame.MessageFrame;

/**
 * Besu's EVM as an engine: builds the first of Besu's frames, drives Besu's processors until none
 * is left, and reads the outcome off it.
 *
 * <p>It does not trace; an execution is traced by running it again on Mooring's own engine.
 */
public final class BesuEvm implements Evm {
  private static final byte[] NO_BYTES = {};

  private final Map<Rules.Key, Rules> rules = new ConcurrentHashMap<>();

  @Override
  public Outcome execute(
      Message message, Environment environment, WorldState state, Tracer tracer) {
    if (tracer != Tracer.NONE) {
      throw new IllegalArgumentException("the besu engine does not trace; use --engine mooring");
    }
    int before = state.snapshot();
    int createdBefore = state.createdCount();
    int logsBefore = state.logCount();
    JournaledUpdater world = new JournaledUpdater(state, null);
    MessageFrame frame = firstFrame(message, environment, state, world);
    Rules of = rules(environment);
    try {
      run(frame, of, environment);
    } catch (Interruption interruption) {
      state.revertTo(before);
      return interrupted(interruption.halt(), message, state);
    }

    if (frame.getState() != MessageFrame.State.COMPLETED_SUCCESS) {
      return failed(frame, message, state);
    }
    frame.getLogs().forEach(log -> state.log(log(log)));
    frame
        .getSelfDestructs()
        .forEach(address -> state.destruct(state.account(Words.mooring(address))));
    state.refund(frame.getGasRefund() + of.selfDestructRefund(frame));
    return new Outcome(
        Status.SUCCESS,
        Halt.NONE,
        message.gas() - frame.getRemainingGas(),
        frame.getRemainingGas(),
        state.refund(),
        frame.getOutputData().toArray(),
        state.logsSince(logsBefore),
        state.createdSince(createdBefore));
  }

  private Rules rules(Environment environment) {
    return rules.computeIfAbsent(
        new Rules.Key(environment.fork(), environment.block().chainId(), environment.limits()),
        Rules.Key::rules);
  }

  private static void run(MessageFrame first, Rules of, Environment environment) {
    Watch watch = new Watch(environment.limits());
    Deque<MessageFrame> open = first.getMessageFrameStack();
    while (!open.isEmpty()) {
      MessageFrame frame = open.element();
      of.processor(frame).process(frame, watch);
    }
  }

  private static MessageFrame firstFrame(
      Message message, Environment environment, WorldState state, JournaledUpdater world) {
    BlockContext block = environment.block();
    var to = Words.besu(message.to());
    var value = Words.wei(message.value());
    Bytes input = Bytes.wrap(message.input());
    boolean creates = message.kind() == Message.Kind.CREATE;
    return MessageFrame.builder()
        .type(creates ? MessageFrame.Type.CONTRACT_CREATION : MessageFrame.Type.MESSAGE_CALL)
        .worldUpdater(world)
        .initialGas(message.gas())
        .address(to)
        .contract(to)
        .originator(Words.besu(environment.transaction().origin()))
        .sender(Words.besu(message.caller()))
        .gasPrice(Words.wei(environment.transaction().gasPrice()))
        .blobGasPrice(Words.wei(block.blobBaseFee()))
        .inputData(creates ? Bytes.EMPTY : input)
        .value(value)
        .apparentValue(value)
        .code(creates ? besu(Code.of(message.input())) : besu(codeToRun(message, state)))
        .blockValues(new BlockOfContext(block))
        .miningBeneficiary(Words.besu(block.coinbase()))
        .blockHashLookup((frame, number) -> Words.besu(block.hashes().hash(number)))
        .eip2930AccessListWarmAddresses(warmAddresses(state))
        .eip2930AccessListWarmStorage(warmSlots(state))
        .versionedHashes(Optional.of(versionedHashes(environment)))
        .completer(completed -> {})
        .build();
  }

  /** The called account's code or, where that is a delegation (EIP-7702), its target's. */
  private static Code codeToRun(Message message, WorldState state) {
    Code code = state.code(message.to());
    return code.delegation().map(state::code).orElse(code);
  }

  private static org.hyperledger.besu.evm.Code besu(Code code) {
    return new org.hyperledger.besu.evm.Code(Bytes.wrap(code.bytes()), Words.besu(code.hash()));
  }

  private static Set<org.hyperledger.besu.datatypes.Address> warmAddresses(WorldState state) {
    Set<org.hyperledger.besu.datatypes.Address> warm = new HashSet<>();
    for (Account account : state.warmAccounts()) {
      warm.add(Words.besu(account.address()));
    }
    return warm;
  }

  private static Multimap<org.hyperledger.besu.datatypes.Address, Bytes32> warmSlots(
      WorldState state) {
    Multimap<org.hyperledger.besu.datatypes.Address, Bytes32> warm = HashMultimap.create();
    state
        .warmSlots()
        .forEach(
            (account, keys) ->
                keys.forEach(key -> warm.put(Words.besu(account), Words.bytes32(key))));
    return warm;
  }

  private static List<VersionedHash> versionedHashes(Environment environment) {
    return environment.transaction().blobHashes().stream()
        .map(hash -> new VersionedHash(Words.bytes32(hash.word())))
        .toList();
  }

  private static Outcome failed(MessageFrame frame, Message message, WorldState state) {
    // A frame that reverts keeps what it did not use; one that halts is left without gas.
    boolean halted = frame.getExceptionalHaltReason().isPresent();
    return new Outcome(
        halted ? Status.HALTED : Status.REVERTED,
        frame.getExceptionalHaltReason().map(Halts::of).orElse(Halt.NONE),
        message.gas() - frame.getRemainingGas(),
        frame.getRemainingGas(),
        state.refund(),
        halted ? NO_BYTES : frame.getOutputData().toArray(),
        List.of(),
        List.of());
  }

  private static Outcome interrupted(Halt halt, Message message, WorldState state) {
    return new Outcome(
        Status.INTERRUPTED,
        halt,
        0,
        message.gas(),
        state.refund(),
        NO_BYTES,
        List.of(),
        List.of());
  }

  private static Log log(org.hyperledger.besu.datatypes.Log log) {
    List<Hash> topics = new ArrayList<>();
    log.getTopics().forEach(topic -> topics.add(Hash.of(topic.getBytes().toArrayUnsafe())));
    Address logger = Words.mooring(log.getLogger());
    return new Log(logger, topics, log.getData().toArray());
  }
}
