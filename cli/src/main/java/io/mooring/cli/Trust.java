package io.mooring.cli;

import io.mooring.ledger.MalformedException;
import io.mooring.ledger.Verdict;
import io.mooring.ledger.Verdict.Refuted;
import io.mooring.ledger.Verdict.Verified;
import io.mooring.ledger.note.VerifierKey;
import io.mooring.ledger.tlog.Policy;
import io.mooring.ledger.tlog.SignedCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whom the user believes: the keys of logs and witnesses. Nothing here comes from a server. */
final class Trust {
  private static final int ALL = -1;
  private static final int KEY_FILE_BYTES_MAX = 1 << 20;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "A log's key, name+keyid+base64, or @FILE with one key a line. Repeatable.")
  private List<String> keys = new ArrayList<>();

  @Option(
      names = "--origin",
      paramLabel = "NAME",
      description = "Take every --key as a key of this log, where names differ from origins.")
  private String origin = "";

  @Option(
      names = "--witness",
      paramLabel = "KEY",
      description = "A witness's key, or @FILE. Repeatable.")
  private List<String> witnesses = new ArrayList<>();

  @Option(
      names = "--witnesses-needed",
      paramLabel = "N",
      description = "How many of the witnesses must have cosigned. Default: all that are given.")
  private int witnessesNeeded = ALL;

  @Option(
      names = "--cosigned-within",
      paramLabel = "DURATION",
      description = "How old a cosignature may be, such as PT24H. Default: any age.")
  private Duration cosignedWithin = Duration.ZERO;

  private void add(VerifierKey key) {
    keys.add(key.toString());
  }

  /**
   * Asks the server for its key, and says so: what is judged under it shows that the server agrees
   * with itself, and no more.
   */
  Finding addKeyOf(Web web, Server server, String ledger) {
    Object key = server.describe(web, ledger).getOrDefault("verifierKey", "");
    try {
      add(VerifierKey.parse(key.toString()));
    } catch (MalformedException e) {
      throw new CannotTellException("the server tells no verifier key", e);
    }
    return Finding.valid("key", "taken from the server; keep it, and give it with --key: " + key);
  }

  boolean hasKeys() {
    return !keys.isEmpty();
  }

  List<VerifierKey> logKeys() {
    return read(keys);
  }

  /** The policy for one log, or nothing when no key of it is known. */
  Optional<Policy> policyFor(String log) {
    List<VerifierKey> known = logKeys();
    if (!origin.isEmpty()) {
      return Optional.of(withWitnesses(Policy.of(origin, known)));
    }
    List<VerifierKey> ofLog = known.stream().filter(key -> key.name().equals(log)).toList();
    return ofLog.isEmpty() ? Optional.empty() : Optional.of(withWitnesses(Policy.of(log, ofLog)));
  }

  /** What can be told of the signatures of a checkpoint. */
  Finding judge(SignedCheckpoint signed) {
    String log = signed.checkpoint().origin();
    Optional<Policy> policy = policyFor(signed.checkpoint().origin());
    if (policy.isEmpty()) {
      return Finding.unknown("checkpoint", "no --key is given for the log " + log);
    }
    Verdict verdict = policy.get().check(signed);
    return switch (verdict) {
      case Verified verified ->
          Finding.valid(
              "checkpoint",
              "signed by "
                  + log
                  + (witnesses.isEmpty() ? "" : " and its witnesses")
                  + ", "
                  + Words.count(signed.checkpoint().size(), "entry", "entries"));
      case Refuted refuted -> Finding.invalid("checkpoint", Words.of(refuted.reason()));
    };
  }

  private Policy withWitnesses(Policy policy) {
    List<VerifierKey> known = read(witnesses);
    long all = known.stream().map(VerifierKey::name).distinct().count();
    long needed = witnessesNeeded == ALL ? all : witnessesNeeded;
    Instant now = InstantSource.system().instant();
    long since = cosignedWithin.isZero() ? 0 : now.minus(cosignedWithin).getEpochSecond();
    return policy.withWitnesses(known, Math.toIntExact(needed), since);
  }

  private static List<VerifierKey> read(List<String> texts) {
    List<VerifierKey> keys = new ArrayList<>();
    for (String text : texts) {
      if (text.startsWith("@")) {
        lines(Path.of(text.substring(1))).forEach(line -> keys.add(key(line)));
      } else {
        keys.add(key(text));
      }
    }
    return keys;
  }

  private static VerifierKey key(String text) {
    try {
      return VerifierKey.parse(text);
    } catch (MalformedException e) {
      throw new CannotTellException("not a key: " + Words.printable(text) + ": " + e.getMessage());
    }
  }

  private static List<String> lines(Path file) {
    try {
      if (Files.size(file) > KEY_FILE_BYTES_MAX) {
        throw new CannotTellException(file + " is too long to be a file of keys");
      }
      return Files.readString(file).lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    } catch (IOException e) {
      throw new CannotTellException("the keys in " + file + " cannot be read", e);
    }
  }
}
