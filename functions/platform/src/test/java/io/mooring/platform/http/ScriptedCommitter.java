package io.mooring.platform.http;

import io.mooring.billing.Charge;
import io.mooring.ledger.Hash;
import io.mooring.ledger.Head;
import io.mooring.ledger.InclusionProof;
import io.mooring.platform.LedgerId;
import io.mooring.platform.commit.AttemptId;
import io.mooring.platform.commit.Committer;
import io.mooring.platform.commit.IdempotencyKey;
import io.mooring.platform.commit.KeptEntry;
import io.mooring.platform.commit.Outcome;
import io.mooring.platform.commit.Receipt;
import io.mooring.platform.commit.Write;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Ends every commit as the test before it has said. */
@Singleton
@Alternative
@Priority(1)
public final class ScriptedCommitter implements Committer {
  static volatile Function<Write, Outcome> script =
      write -> new Outcome.Won(new ScriptedReceipt(write.ledger()));
  static volatile Write last = Write.to(LedgerId.journal(io.mooring.platform.TenantId.OPERATOR));

  @Override
  public Outcome commit(Write write, Duration patience) {
    last = write;
    return script.apply(write);
  }

  @Override
  public Outcome release(LedgerId ledger, Duration patience) {
    throw new AssertionError("no test asks for it");
  }

  @Override
  public Optional<Receipt> find(LedgerId ledger, AttemptId attempt, long after) {
    return Optional.empty();
  }

  @Override
  public Optional<Receipt> find(LedgerId ledger, IdempotencyKey key) {
    return Optional.empty();
  }

  /** Commit 7, entry 12. */
  record ScriptedReceipt(LedgerId ledger) implements Receipt {
    @Override
    public long commit() {
      return 7;
    }

    @Override
    public long timeMillis() {
      return 0;
    }

    @Override
    public long firstIndex() {
      return 12;
    }

    @Override
    public List<Charge> charges() {
      return List.of();
    }

    @Override
    public List<Hash> leaves() {
      return List.of();
    }

    @Override
    public List<KeptEntry> entries() {
      return List.of();
    }

    @Override
    public Head head() {
      throw new AssertionError("no test asks for it");
    }

    @Override
    public InclusionProof proof(int offset) {
      throw new AssertionError("no test asks for it");
    }

    @Override
    public String signed(Function<Head, String> sign) {
      throw new AssertionError("no test asks for it");
    }
  }
}
