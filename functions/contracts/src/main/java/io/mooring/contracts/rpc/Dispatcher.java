package io.mooring.contracts.rpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.mooring.contracts.rpc.RpcMethod.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Takes a request or a batch of them apart, starts the methods, and puts their answers together.
 * Thread-safe.
 *
 * <p>What sends is started at once and waited for together, so that a batch of transactions may
 * share a block; what executes waits for its tenant's turn; the rest is answered where it stands.
 */
public final class Dispatcher {
  private static final Logger LOG = Logger.getLogger(Dispatcher.class);
  private static final String BATCH = "batch";
  private static final String UNKNOWN = "unknown";
  private static final int DEPTH_MAX = 64;
  private static final int NUMBER_CHARACTERS_MAX = 64;

  /** What an answer has around its result. */
  private static final int ENVELOPE_BYTES = 256;

  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_MAX)
                          .maxNumberLength(NUMBER_CHARACTERS_MAX)
                          .maxStringLength(RpcLimit.RPC_BODY_BYTES_MAX.intValue())
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Map<String, RpcMethod> methods = new TreeMap<>();
  private final Turns turns;
  private final Calls calls;

  /** Told of each method that ran, by its name; a name that is no method is told as "unknown". */
  public interface Calls {
    void ended(String method, String outcome, long nanos);
  }

  public Dispatcher(List<RpcMethod> methods, Turns turns, Calls calls) {
    methods.forEach(
        method -> {
          if (this.methods.put(method.name(), method) != null) {
            throw new IllegalArgumentException("two methods are called " + method.name());
          }
        });
    this.turns = turns;
    this.calls = calls;
  }

  public List<RpcMethod> methods() {
    return List.copyOf(methods.values());
  }

  /** A body that was taken apart. */
  public sealed interface Request {
    /** The method's name, {@code batch}, or {@code unknown} for what is no method's. */
    String noun();

    /** What can be answered. */
    record Readable(JsonNode json, String noun) implements Request {}

    /** What cannot. */
    record Unreadable(RpcError error) implements Request {
      @Override
      public String noun() {
        return UNKNOWN;
      }
    }
  }

  public Request read(byte[] body) {
    if (body.length > RpcLimit.RPC_BODY_BYTES_MAX.value()) {
      return new Request.Unreadable(
          RpcError.limit(RpcLimit.RPC_BODY_BYTES_MAX, "the request is too large"));
    }
    JsonNode json;
    try {
      json = JSON.readTree(body);
    } catch (IOException malformed) {
      return new Request.Unreadable(RpcError.of(RpcError.PARSE, "parse error"));
    }
    if (json == null || json.isMissingNode()) {
      return new Request.Unreadable(RpcError.of(RpcError.PARSE, "parse error"));
    }
    return new Request.Readable(json, json.isArray() ? BATCH : known(name(json)));
  }

  /** The answer to a body, which is empty where nothing in it wants one. Never fails. */
  public CompletableFuture<byte[]> answer(byte[] body, RpcSession session) {
    return answer(read(body), session);
  }

  public CompletableFuture<byte[]> answer(Request request, RpcSession session) {
    return switch (request) {
      case Request.Unreadable(RpcError error) -> failed(error);
      case Request.Readable(JsonNode json, String noun) ->
          json.isArray()
              ? batch(json, session)
              : one(json, session, new Room(RpcLimit.RPC_ANSWER_BYTES_MAX.value()));
    };
  }

  /** A name that a client made up is told as one word, so that there are few. */
  private String known(String name) {
    return methods.containsKey(name) ? name : UNKNOWN;
  }

  private static CompletableFuture<byte[]> failed(RpcError error) {
    return CompletableFuture.completedFuture(envelope(NullNode.getInstance(), error));
  }

  // ---- batches ----

  private CompletableFuture<byte[]> batch(JsonNode batch, RpcSession session) {
    if (batch.isEmpty()) {
      return failed(RpcError.of(RpcError.INVALID_REQUEST, "empty batch"));
    }
    if (batch.size() > RpcLimit.RPC_BATCH_REQUESTS_MAX.value()) {
      return failed(RpcError.limit(RpcLimit.RPC_BATCH_REQUESTS_MAX, "batch too large"));
    }
    Room room = new Room(RpcLimit.RPC_ANSWER_BYTES_MAX.value());
    List<CompletableFuture<byte[]>> answers = new ArrayList<>(batch.size());
    batch.forEach(request -> answers.add(new CompletableFuture<>()));
    start(batch, session, room, answers, Kind.SEND);
    start(batch, session, room, answers, Kind.READ);
    if (has(batch, Kind.COMPUTE)) {
      // All of a batch take one turn, one after the other.
      turns
          .take(session.line(), () -> compute(batch, session, room, answers))
          .exceptionally(
              refused -> {
                fail(batch, answers, refused);
                return null;
              });
    }
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(done -> joined(answers));
  }

  private void start(
      JsonNode batch,
      RpcSession session,
      Room room,
      List<CompletableFuture<byte[]>> answers,
      Kind kind) {
    for (int i = 0; i < batch.size(); i++) {
      if (kind(batch.get(i)) == kind) {
        CompletableFuture<byte[]> answer = answers.get(i);
        one(batch.get(i), session, room).thenAccept(answer::complete);
      }
    }
  }

  private boolean has(JsonNode batch, Kind kind) {
    for (JsonNode request : batch) {
      if (kind(request) == kind) {
        return true;
      }
    }
    return false;
  }

  private Void compute(
      JsonNode batch, RpcSession session, Room room, List<CompletableFuture<byte[]>> answers) {
    for (int i = 0; i < batch.size(); i++) {
      if (kind(batch.get(i)) == Kind.COMPUTE) {
        CompletableFuture<byte[]> answer = answers.get(i);
        started(batch.get(i), session, room).thenAccept(answer::complete);
      }
    }
    return null;
  }

  private void fail(JsonNode batch, List<CompletableFuture<byte[]>> answers, Throwable refused) {
    for (int i = 0; i < batch.size(); i++) {
      if (kind(batch.get(i)) == Kind.COMPUTE) {
        answers.get(i).complete(envelope(id(batch.get(i)), error("batch", refused)));
      }
    }
  }

  /** What is no request is answered where it stands. */
  private Kind kind(JsonNode request) {
    RpcMethod method = methods.get(request.path("method").asText(""));
    return method == null ? Kind.READ : method.kind();
  }

  private static byte[] joined(List<CompletableFuture<byte[]>> answers) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (CompletableFuture<byte[]> answer : answers) {
      byte[] bytes = answer.join();
      if (bytes.length > 0) {
        whole.write(whole.size() == 0 ? '[' : ',');
        whole.writeBytes(bytes);
      }
    }
    if (whole.size() > 0) {
      whole.write(']');
    }
    return whole.toByteArray();
  }

  // ---- one request ----

  private CompletableFuture<byte[]> one(JsonNode request, RpcSession session, Room room) {
    if (kind(request) != Kind.COMPUTE) {
      return started(request, session, room);
    }
    return turns
        .take(session.line(), () -> started(request, session, room).join())
        .exceptionally(refused -> envelope(id(request), error(name(request), refused)));
  }

  private CompletableFuture<byte[]> started(JsonNode request, RpcSession session, Room room) {
    JsonNode id = id(request);
    if (!isRequest(request)) {
      return CompletableFuture.completedFuture(
          envelope(id, RpcError.of(RpcError.INVALID_REQUEST, "invalid request")));
    }
    String name = name(request);
    long begun = System.nanoTime();
    CompletableFuture<Answer> result =
        caught(() -> begin(name, request, session).toCompletableFuture());
    return result
        .thenApply(answer -> envelope(id, answer, room))
        .handle(
            (answer, failure) -> {
              RpcError error = failure == null ? null : error(name, failure);
              calls.ended(
                  known(name),
                  error == null ? "ok" : Integer.toString(error.code()),
                  System.nanoTime() - begun);
              return error == null ? answer : envelope(id, error);
            })
        .thenApply(answer -> request.has("id") ? answer : new byte[0]);
  }

  private CompletableFuture<Answer> begin(String name, JsonNode request, RpcSession session) {
    RpcMethod method = methods.get(name);
    if (method == null) {
      throw RpcError.of(
              RpcError.METHOD_NOT_FOUND,
              "the method " + shortened(name) + " does not exist/is not available")
          .exception();
    }
    if (method.kind() == Kind.SEND && !session.maySend()) {
      throw RpcError.of(
              RpcError.SCOPE_MISSING, "this needs the scope contracts:write and one's own chain")
          .exception();
    }
    Arguments arguments = Arguments.of(request.path("params"), method.argumentsMax());
    return method.body().start(arguments, session).toCompletableFuture();
  }

  private static <T> CompletableFuture<T> caught(Supplier<CompletableFuture<T>> work) {
    try {
      return work.get();
    } catch (RuntimeException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  private static boolean isRequest(JsonNode request) {
    JsonNode id = request.path("id");
    return request.isObject()
        && request.path("jsonrpc").asText("").equals("2.0")
        && request.path("method").isTextual()
        && (id.isMissingNode() || id.isNull() || id.isTextual() || id.isNumber());
  }

  private static String name(JsonNode request) {
    return request.path("method").asText("");
  }

  private static String shortened(String name) {
    int longest = 64;
    return name.length() <= longest ? name : name.substring(0, longest) + "…";
  }

  private static JsonNode id(JsonNode request) {
    JsonNode id = request.path("id");
    return id.isTextual() || id.isNumber() ? id : NullNode.getInstance();
  }

  /** A fault is told by its kind only; what it says goes to the log. */
  private static RpcError error(String method, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof RpcException refused) {
      return refused.error();
    }
    LOG.errorf(cause, "%s failed", shortened(method));
    return RpcError.of(RpcError.INTERNAL, "internal error");
  }

  // ---- envelopes ----

  /** How many bytes the answers of one body may still have. */
  private static final class Room {
    private long left;

    Room(long bytes) {
      this.left = bytes;
    }

    synchronized long left() {
      return left;
    }

    synchronized void take(long bytes) {
      left -= bytes;
    }
  }

  private static byte[] envelope(JsonNode id, Answer answer, Room room) {
    JsonOutput out = new JsonOutput(Math.max(0, room.left()) + ENVELOPE_BYTES);
    begin(out, id).name("result");
    answer.write(out);
    byte[] bytes = out.endObject().toBytes();
    room.take(bytes.length);
    return bytes;
  }

  static byte[] envelope(JsonNode id, RpcError error) {
    JsonOutput out = new JsonOutput(RpcLimit.RPC_ANSWER_BYTES_MAX.value());
    begin(out, id)
        .name("error")
        .startObject()
        .name("code")
        .integer(error.code())
        .text("message", error.message());
    if (!(error.data() instanceof MissingNode)) {
      out.name("data").tree(error.data());
    }
    return out.endObject().endObject().toBytes();
  }

  private static JsonOutput begin(JsonOutput out, JsonNode id) {
    return out.startObject().text("jsonrpc", "2.0").name("id").tree(id);
  }
}
