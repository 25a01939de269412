package io.mooring.iac;

import static io.mooring.iac.Grant.COMMIT;
import static io.mooring.iac.Grant.DERIVE;
import static io.mooring.iac.Grant.EVENTS_DEAD_SEND;
import static io.mooring.iac.Grant.HINT;
import static io.mooring.iac.Grant.INTAKE_SEND;
import static io.mooring.iac.Grant.INTAKE_TAKE;
import static io.mooring.iac.Grant.OBJECTS;
import static io.mooring.iac.Grant.OPERATOR_KEY;
import static io.mooring.iac.Grant.READ;
import static io.mooring.iac.Grant.SECRETS;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A function of the two artifacts: what it serves, with which rights, memory and time. */
enum Deployable {
  AUTHORISER(Artifact.JOBS, 1024, 5, Set.of(READ, HINT, SECRETS, OPERATOR_KEY), List.of()),
  IDENTITY(
      Artifact.API,
      1024,
      Functions.REQUEST_SECONDS,
      Set.of(READ, HINT, COMMIT, DERIVE, OBJECTS, INTAKE_SEND, SECRETS, OPERATOR_KEY),
      List.of("platform", "identity", "tenants", "keys", "members")),
  LEDGERS(
      Artifact.API,
      1769,
      Functions.REQUEST_SECONDS,
      Set.of(READ, HINT, COMMIT, DERIVE, OBJECTS, INTAKE_SEND, SECRETS, OPERATOR_KEY),
      List.of("ledgers", "entries", "logs", "blobs")),
  /** The EVM wants a processor and memory for deep calls. */
  CONTRACTS(
      Artifact.API,
      3008,
      Functions.REQUEST_SECONDS,
      Set.of(READ, HINT, COMMIT, DERIVE, OBJECTS, INTAKE_SEND, SECRETS, OPERATOR_KEY),
      List.of("contracts", "chains")),
  /** Every tag that no other function names, the pages, and what is not found. */
  REST(
      Artifact.API,
      1769,
      Functions.REQUEST_SECONDS,
      Set.of(READ, HINT, COMMIT, DERIVE, OBJECTS, INTAKE_SEND, SECRETS, OPERATOR_KEY),
      List.of()),
  /** The sequencer of contended ledgers, behind the queue. */
  INTAKE(
      Artifact.JOBS,
      3008,
      Functions.SEQUENCER_SECONDS,
      Set.of(READ, COMMIT, DERIVE, OBJECTS, INTAKE_SEND, INTAKE_TAKE, SECRETS),
      List.of()),
  SCHEDULES(
      Artifact.JOBS,
      1769,
      300,
      Set.of(READ, COMMIT, DERIVE, OBJECTS, INTAKE_SEND, SECRETS),
      List.of()),
  /** Behind the table's stream: derives what commits call for, and makes blocks of what waits. */
  COMMITS(
      Artifact.JOBS,
      3008,
      60,
      Set.of(READ, COMMIT, DERIVE, OBJECTS, INTAKE_SEND, SECRETS),
      List.of()),
  /** Connections of the WebSocket API: their requests, and behind the stream what they are told. */
  SOCKETS(
      Artifact.JOBS,
      3008,
      Functions.REQUEST_SECONDS,
      Set.of(READ, HINT, COMMIT, DERIVE, OBJECTS, INTAKE_SEND, SECRETS),
      List.of()),
  /** Behind IoT Core's rule: appends what is published. */
  READINGS(
      Artifact.JOBS,
      1024,
      Functions.REQUEST_SECONDS,
      Set.of(READ, HINT, COMMIT, DERIVE, OBJECTS, INTAKE_SEND, EVENTS_DEAD_SEND, SECRETS),
      List.of());

  /** What is built once and deployed several times. */
  enum Artifact {
    API,
    JOBS
  }

  private final Artifact artifact;
  private final int memoryMegabytes;
  private final int seconds;
  private final Set<Grant> grants;
  private final List<String> tags;

  Deployable(
      Artifact artifact, int memoryMegabytes, int seconds, Set<Grant> grants, List<String> tags) {
    this.artifact = artifact;
    this.memoryMegabytes = memoryMegabytes;
    this.seconds = seconds;
    this.grants = grants;
    this.tags = tags;
  }

  /** The function that serves the operations of a tag. */
  static Deployable ofTag(String tag) {
    return Arrays.stream(values()).filter(one -> one.tags.contains(tag)).findFirst().orElse(REST);
  }

  /** The part of the stack without which nobody would call it. */
  Part part() {
    return switch (this) {
      case SCHEDULES -> Part.SCHEDULES;
      case READINGS -> Part.DEVICES;
      case SOCKETS -> Part.SOCKET_GATE;
      case AUTHORISER, IDENTITY, LEDGERS, CONTRACTS, REST, INTAKE, COMMITS -> Part.FUNCTIONS;
    };
  }

  Artifact artifact() {
    return artifact;
  }

  int memoryMegabytes() {
    return memoryMegabytes;
  }

  int seconds() {
    return seconds;
  }

  boolean may(Grant grant) {
    return grants.contains(grant);
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
