package io.mooring.contracts.rest;

import io.mooring.contracts.ContractRefusal;
import io.mooring.contracts.chain.Chain;
import io.mooring.contracts.chain.HeldKeys;
import io.mooring.contracts.chain.Submission;
import io.mooring.contracts.simulation.CallRequest;
import io.mooring.evm.Hash;
import io.mooring.evm.U256;
import io.mooring.evm.transaction.Transaction;
import io.mooring.ledgers.UncommittedException;
import io.mooring.platform.LedgerId;
import io.mooring.platform.TenantId;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.Effect;
import io.mooring.platform.commit.IdempotencyKey;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Receipt;
import io.mooring.platform.commit.Repetition;
import io.mooring.platform.commit.Write;
import io.mooring.platform.identity.Caller;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Sends what REST callers want, by keys that the platform holds, once for each request.
 *
 * <p>A request with an Idempotency-Key becomes one transaction, which the journal names before it
 * is sent: whoever repeats the request sends the same bytes, and a chain takes the same bytes once.
 * Only where another transaction has taken its nonce, so that no block can hold it any more, does
 * the request become another one, under a key made from the first.
 *
 * <p>No two requests are the same bytes, even where they want the same by the same nonce: the
 * signature says whose they are.
 */
public final class Sends {
  private static final byte[] NO_ANSWER = {};

  private final HeldKeys keys;
  private final Calls calls;
  private final Committer committer;

  public Sends(HeldKeys keys, Calls calls, Committer committer) {
    this.keys = keys;
    this.calls = calls;
    this.committer = committer;
  }

  /** What else is to be written when a request becomes a transaction, which its nonce decides. */
  public interface Beside {
    Beside NOTHING = (nonce, hash) -> List.of();

    List<Effect> effects(long nonce, Hash hash);
  }

  /** The hash of the transaction that the request has become; it stands durably somewhere. */
  public Hash send(Caller caller, Chain chain, Order order, Repetition repetition, Beside beside) {
    Sender sender = new Sender(caller, chain, order, repetition, beside);
    Optional<Asked> before = sender.lastAsked();
    if (before.isPresent() && before.get().isIn(chain)) {
      sender.again();
      return before.get().hash();
    }
    sender.gas = before.isPresent() ? before.get().gas() : estimate(caller.tenant(), chain, order);
    Submission submission;
    try {
      submission =
          keys.send(
                  chain,
                  new HeldKeys.Wanted(
                      order.sender(),
                      caller.subject(),
                      order.recentBlock(),
                      sender.request,
                      sender::withNonce))
              .join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
    return switch (submission) {
      case Submission.Accepted(Hash hash) -> hash;
      case Submission.Known(Hash hash) -> hash;
      case Submission other -> throw SubmissionRefusals.of(other);
    };
  }

  private long estimate(TenantId tenant, Chain chain, Order order) {
    CallRequest request = order.request(U256.ZERO);
    long gas = calls.estimate(tenant, chain, request, order.abi());
    Long named = order.gas();
    return named == null ? gas : named;
  }

  /** One request on its way. */
  private final class Sender {
    private final Caller caller;
    private final Chain chain;
    private final Order order;
    private final Repetition repetition;
    private final Beside beside;
    private final LedgerId journal;
    private final Hash request;
    private Optional<Asked> last = Optional.empty();
    private int tries;
    private long gas;

    Sender(Caller caller, Chain chain, Order order, Repetition repetition, Beside beside) {
      this.caller = caller;
      this.chain = chain;
      this.order = order;
      this.repetition = repetition;
      this.beside = beside;
      this.journal = LedgerId.journal(caller.tenant());
      this.request =
          switch (repetition) {
            case Repetition.Free free -> keys.newRequest();
            case Repetition.Keyed keyed -> Hash.of(keyed.key().hash().bytes());
          };
    }

    /** What the request had become when it came before, the last of it. */
    Optional<Asked> lastAsked() {
      Optional<Asked> found = Optional.empty();
      if (repetition instanceof Repetition.Keyed keyed) {
        for (int n = 1; n <= RestLimit.SENDER_NONCE_TRIES_MAX.intValue(); n++) {
          Optional<Receipt> receipt = committer.find(journal, key(keyed, n));
          if (receipt.isEmpty()) {
            break;
          }
          found = Optional.of(Asked.of(receipt.get().entries().getFirst()));
        }
      }
      return found;
    }

    /** Refuses a repetition that is none, because its body is another one. */
    void again() {
      if (repetition instanceof Repetition.Keyed keyed) {
        Asked nothing = new Asked("", order.sender(), 0, 0, Hash.ZERO);
        UncommittedException.receipt(
            committer.commit(
                Write.to(journal)
                    .entry(nothing.entry())
                    .once(keyed.key(), keyed.body(), NO_ANSWER)));
      }
    }

    /** The transaction with this nonce, or the one that the request has become before. */
    Transaction withNonce(long nonce) {
      if (last.isPresent() && !last.get().isDead(chain)) {
        throw new RefusedException(
            PlatformRefusal.OUTCOME_UNKNOWN,
            "transaction " + last.get().hash() + " waits for one that has its nonce");
      }
      while (++tries <= RestLimit.SENDER_NONCE_TRIES_MAX.intValue()) {
        Transaction fresh = transaction(nonce, gas);
        Hash hash = signedHash(fresh);
        List<Effect> effects = beside.effects(nonce, hash);
        if (repetition instanceof Repetition.Free && effects.isEmpty()) {
          return fresh;
        }
        Asked asked = new Asked(chain.facts().ledger().value(), order.sender(), nonce, gas, hash);
        switch (committer.commit(write(asked, effects))) {
          case Outcome.Won won -> {
            last = Optional.of(asked);
            return fresh;
          }
          case Outcome.Replayed replayed -> {
            Asked before = Asked.of(replayed.receipt().entries().getFirst());
            last = Optional.of(before);
            if (!before.isDead(chain)) {
              return same(before);
            }
          }
          case Outcome other -> UncommittedException.receipt(other);
        }
      }
      throw new RefusedException(
          PlatformRefusal.OVERLOADED, "others take every nonce of " + order.sender() + " first");
    }

    /** The transaction that it was, made again from the same request. */
    private Transaction same(Asked before) {
      Transaction transaction = transaction(before.nonce(), before.gas());
      if (!signedHash(transaction).equals(before.hash())) {
        throw new RefusedException(
            ContractRefusal.TRANSACTION_VOID,
            "the request has become " + before.hash() + ", which cannot be made again");
      }
      return transaction;
    }

    private Transaction transaction(long nonce, long gasLimit) {
      return order
          .request(chain.facts().baseFee())
          .transaction(chain.facts().chainId(), nonce, gasLimit);
    }

    private Hash signedHash(Transaction transaction) {
      return keys.sign(caller.tenant(), order.sender(), transaction, request).hash();
    }

    private Write write(Asked asked, List<Effect> effects) {
      Write write = Write.to(journal).by(caller.subject()).entry(asked.entry());
      for (Effect effect : effects) {
        write = write.effect(effect);
      }
      return switch (repetition) {
        case Repetition.Free free -> write;
        case Repetition.Keyed keyed -> write.once(key(keyed, tries), keyed.body(), NO_ANSWER);
      };
    }

    private static IdempotencyKey key(Repetition.Keyed keyed, int n) {
      return n == 1
          ? keyed.key()
          : IdempotencyKey.of("once more " + keyed.key().hash(), Integer.toString(n));
    }
  }
}
