package io.mooring.jobs;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.mooring.platform.LedgerId;
import io.mooring.platform.blob.BlobsUnavailableException;
import io.mooring.platform.commit.CatchUp;
import io.mooring.platform.commit.Stores;
import io.mooring.platform.table.StoreUnavailableException;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Behind the table's stream: derives what a ledger's commits call for where the function that
 * committed them was frozen or gone right after its answer.
 */
@Named("commits")
@Singleton
public final class CommitsFunction implements RequestStreamHandler {
  private static final System.Logger LOG = System.getLogger(CommitsFunction.class.getName());

  private final CatchUp catchUp;

  CommitsFunction(Stores stores) {
    this.catchUp = new CatchUp(stores);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    Map<LedgerId, String> firstOfEach = Events.ledgers(Events.tree(event));
    List<String> failures = new ArrayList<>();
    firstOfEach.forEach(
        (ledger, sequence) -> {
          try {
            catchUp.catchUp(ledger);
          } catch (StoreUnavailableException | BlobsUnavailableException e) {
            LOG.log(System.Logger.Level.WARNING, "ledger " + ledger.value() + " waits", e);
            failures.add(sequence);
          }
        });
    Events.writeFailures(answer, failures);
  }
}
