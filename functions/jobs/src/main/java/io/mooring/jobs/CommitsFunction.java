package io.mooring.jobs;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.mooring.contracts.ChainRegister;
import io.mooring.contracts.pool.PoolPages;
import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.BlobsUnavailableException;
import io.mooring.platform.commit.CatchUp;
import io.mooring.platform.commit.Stores;
import io.mooring.platform.table.Key;
import io.mooring.platform.table.StoreUnavailableException;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Behind the table's stream: does what a function that was frozen or gone right after its answer
 * could not do. It derives what a ledger's commits call for, and makes blocks of what waits on the
 * pages of a chain. Both a page and a block may make something executable where nobody is awake to
 * see it, so it is told of both.
 */
@Named("commits")
@Singleton
public final class CommitsFunction implements RequestStreamHandler {
  /** For one chain, so that the others of a batch have their turn. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Time left for the answer, and for what a chain does beyond its patience. */
  private static final long ANSWER_MILLIS = 10_000;

  private static final System.Logger LOG = System.getLogger(CommitsFunction.class.getName());

  private final CatchUp catchUp;
  private final ChainRegister chains;

  CommitsFunction(Stores stores, ChainRegister chains) {
    this.catchUp = new CatchUp(stores);
    this.chains = chains;
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    List<String> failures = new ArrayList<>();
    Events.firstOfEach(
            Events.tree(event),
            (pk, sk) -> Key.ledgerOfCommits(pk).or(() -> PoolPages.ledgerOf(pk, sk)))
        .forEach(
            (ledger, sequence) -> {
              if (context.getRemainingTimeInMillis() < ANSWER_MILLIS || !isCaughtUp(ledger)) {
                failures.add(sequence);
              }
            });
    Events.writeFailures(answer, failures);
  }

  private boolean isCaughtUp(LedgerId ledger) {
    try {
      catchUp.catchUp(ledger);
      return chains.catchUp(ledger, PATIENCE);
    } catch (StoreUnavailableException | BlobsUnavailableException e) {
      LOG.log(System.Logger.Level.WARNING, "ledger " + ledger.value() + " waits", e);
      return false;
    }
  }
}
