package io.mooring.billing.statements;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooring.platform.LedgerId;
import io.mooring.platform.commit.Body;
import io.mooring.platform.commit.CarriedCommit;
import io.mooring.platform.commit.Commit;
import io.mooring.platform.commit.Commits;
import io.mooring.platform.commit.KeptEntry;
import io.mooring.platform.commit.TamperedException;
import io.mooring.platform.json.JsonTree;

/**
 * How many bytes of contents a commit makes a ledger store: those of its entries, less those that
 * it says were erased. The journal is free; of a closed ledger it says what was erased.
 */
final class StoredBytes {
  /** The type of entries that say so; only the platform writes types that begin like that. */
  private static final String ERASED = "mooring.erased";

  private final Commits commits;

  StoredBytes(Commits commits) {
    this.commits = commits;
  }

  long bytes(LedgerId ledger, CarriedCommit carried) {
    boolean free = ledger.equals(LedgerId.journal(ledger.tenant()));
    long bytes = 0;
    for (KeptEntry kept : carried.body().entries()) {
      bytes += free ? 0 : kept.entry().payload().length();
      if (kept.entry().type().equals(ERASED)
          && kept.about() instanceof KeptEntry.Here(var salt, byte[] said)) {
        bytes -= erased(ledger, JsonTree.parse(said));
      }
    }
    return bytes;
  }

  private long erased(LedgerId home, JsonNode said) {
    LedgerId ledger = new LedgerId(home.tenant(), said.required("ledger").asText());
    long index = said.required("index").asLong();
    Commit commit =
        commits
            .holding(ledger, index)
            .orElseThrow(
                () -> new TamperedException("entry " + index + " was erased but never was"));
    Body body = commits.body(ledger, commit);
    return body.entries().get((int) (index - commit.start())).entry().payload().length();
  }
}
