package io.mooring.contracts.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.contracts.chain.HeldKeys;
import io.mooring.contracts.chain.Sending;
import io.mooring.contracts.chain.Submission;
import io.mooring.contracts.simulation.BlockOverrides;
import io.mooring.contracts.simulation.CallRequest;
import io.mooring.contracts.simulation.GasEstimate;
import io.mooring.contracts.simulation.StateOverrides;
import io.mooring.evm.Address;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.crypto.Keccak256;
import io.mooring.evm.crypto.Signature;
import io.mooring.evm.transaction.SignedTransaction;
import io.mooring.evm.transaction.Transaction;
import io.mooring.platform.problem.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What changes the chain, and the signatures of keys that the platform holds. */
final class SendMethods {
  private static final int V_OF_MESSAGES = 27;
  private static final int SIGNATURE_BYTES = 65;

  private final Engines engines;
  private final HeldKeys keys;

  private SendMethods(Engines engines, HeldKeys keys) {
    this.engines = engines;
    this.keys = keys;
  }

  static List<RpcMethod> on(Engines engines, HeldKeys keys) {
    SendMethods methods = new SendMethods(engines, keys);
    return List.of(
        RpcMethod.send("eth_sendRawTransaction", 2, SendMethods::sendRaw),
        RpcMethod.send("eth_sendTransaction", 1, methods::send),
        RpcMethod.send("eth_signTransaction", 1, methods::sign),
        RpcMethod.send("eth_sign", 2, methods::signMessage),
        RpcMethod.send("personal_sign", 3, methods::signMessageFirst));
  }

  /** The second parameter is ours: a block without which the transaction is void. */
  private static CompletionStage<Answer> sendRaw(Arguments arguments, RpcSession session) {
    byte[] envelope = arguments.required(0, Values::bytes);
    Optional<Hash> recentBlock =
        arguments.optional(1, json -> CallJson.must(json, "recentBlock", Values::hash));
    return session
        .chain()
        .submit(new Sending(envelope, session.submitter(), recentBlock.orElse(Sending.ANYWHERE)))
        .thenApply(submission -> answer(submission, session));
  }

  private static Answer answer(Submission submission, RpcSession session) {
    if (submission instanceof Submission.Accepted(Hash hash)) {
      session.spent().add(session.chain(), hash, false);
      return Answer.text(hash.toString());
    }
    if (submission instanceof Submission.Known(Hash hash)) {
      session.spent().add(session.chain(), hash, true);
    }
    throw SubmissionErrors.of(submission).exception();
  }

  private CompletionStage<Answer> send(Arguments arguments, RpcSession session) {
    CallRequest request = arguments.required(0, SendMethods::request);
    if (request.nonce() != null) {
      throw RpcError.invalidParams("the platform gives held keys their nonces: leave the nonce out")
          .exception();
    }
    Address sender = held(session, request.from());
    CallRequest priced = priced(request, session);
    long gas = gas(priced, session);
    long chainId = session.chain().facts().chainId();
    return keys.send(
            session.chain(),
            new HeldKeys.Wanted(
                sender,
                session.submitter(),
                Sending.ANYWHERE,
                keys.newRequest(),
                nonce -> priced.transaction(chainId, nonce, gas)))
        .thenApply(submission -> answer(submission, session));
  }

  private CompletionStage<Answer> sign(Arguments arguments, RpcSession session) {
    CallRequest request = arguments.required(0, SendMethods::request);
    Long nonce = request.nonce();
    if (nonce == null) {
      throw RpcError.server("nonce not specified").exception();
    }
    Address sender = held(session, request.from());
    CallRequest priced = priced(request, session);
    Transaction transaction =
        priced.transaction(session.chain().facts().chainId(), nonce, gas(priced, session));
    SignedTransaction signed =
        new SignedTransaction(transaction, signature(session, sender, transaction.signingHash()));
    return CompletableFuture.completedFuture(
        out -> {
          out.startObject().data("raw", signed.encode()).name("tx");
          TransactionJson.waiting(out, signed, signed.hash(), sender);
          out.endObject();
        });
  }

  private CompletionStage<Answer> signMessage(Arguments arguments, RpcSession session) {
    return signed(
        session, arguments.required(0, Values::address), arguments.required(1, Values::bytes));
  }

  private CompletionStage<Answer> signMessageFirst(Arguments arguments, RpcSession session) {
    return signed(
        session, arguments.required(1, Values::address), arguments.required(0, Values::bytes));
  }

  /** A message is signed behind words that no transaction begins with (EIP-191). */
  private CompletionStage<Answer> signed(RpcSession session, Address signer, byte[] message) {
    byte[] words =
        ("\u0019Ethereum Signed Message:\n" + message.length).getBytes(StandardCharsets.US_ASCII);
    byte[] image = new byte[words.length + message.length];
    System.arraycopy(words, 0, image, 0, words.length);
    System.arraycopy(message, 0, image, words.length, message.length);
    Signature signature = signature(session, held(session, signer), Hash.of(Keccak256.hash(image)));
    byte[] bytes = new byte[SIGNATURE_BYTES];
    System.arraycopy(signature.r().bytes(), 0, bytes, 0, U256.BYTES);
    System.arraycopy(signature.s().bytes(), 0, bytes, U256.BYTES, U256.BYTES);
    bytes[SIGNATURE_BYTES - 1] = (byte) (V_OF_MESSAGES + signature.yParity());
    return CompletableFuture.completedFuture(Answer.data(bytes));
  }

  private static CallRequest request(JsonNode json) {
    CallJson.must(json, "from", Values::address);
    CallRequest request = CallJson.call(json);
    if (request.blobHashes() != null) {
      throw new InvalidValue("this chain takes no blobs");
    }
    if (request.to() == null && request.input().length == 0) {
      throw new InvalidValue("contract creation without any data provided");
    }
    return request;
  }

  private Address held(RpcSession session, Address address) {
    if (!keys.addresses(session.tenant()).contains(address)) {
      throw RpcError.server("unknown account").exception();
    }
    return address;
  }

  private Signature signature(RpcSession session, Address address, Hash digest) {
    try {
      return keys.sign(session.tenant(), address, digest);
    } catch (RefusedException gone) {
      throw RpcError.server("unknown account").exception();
    }
  }

  /** Names the fees that were left open: what the next block asks for. */
  private static CallRequest priced(CallRequest request, RpcSession session) {
    if (request.gasPrice() != null || request.maxFeePerGas() != null) {
      return request;
    }
    U256 tip = request.tipMax();
    U256 fee = session.chain().next().baseFee();
    return new CallRequest(
        request.from(),
        request.to(),
        request.gas(),
        null,
        fee.plus(fee).plus(tip),
        tip,
        request.value(),
        request.nonce(),
        request.input(),
        request.accessList(),
        null,
        null,
        request.authorizations());
  }

  private long gas(CallRequest request, RpcSession session) {
    Long named = request.gas();
    if (named != null) {
      return named;
    }
    GasEstimate.Result result =
        CallMethods.refusing(
            Engines.CALLS.gasMax(),
            () ->
                engines
                    .estimates()
                    .of(
                        CallMethods.setting(
                            session
                                .blocks()
                                .standing(new BlockReference.Tag(BlockReference.Name.PENDING)),
                            session,
                            StateOverrides.NONE,
                            BlockOverrides.NONE,
                            Engines.CALLS),
                        request,
                        Engines.CALLS));
    return CallMethods.gas(result);
  }
}
