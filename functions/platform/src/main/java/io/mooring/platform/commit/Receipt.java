package io.mooring.platform.commit;

import io.mooring.billing.Charge;
import io.mooring.ledger.Hash;
import io.mooring.ledger.Head;
import io.mooring.ledger.InclusionProof;
import io.mooring.platform.LedgerId;
import java.util.List;
import java.util.function.Function;

/** Where one write landed: enough to prove each of its entries under the head it landed with. */
public interface Receipt {
  LedgerId ledger();

  /** The number of the commit that carries the write. */
  long commit();

  /** The commit's time, in milliseconds since 1970; every commit's is above the one before. */
  long timeMillis();

  /** The index of the write's first entry. The others follow it. */
  long firstIndex();

  /** What the write cost, each meter by the price list that it names; empty where nothing. */
  List<Charge> charges();

  /** The leaf hashes of the write's entries. */
  List<Hash> leaves();

  /** The write's entries as they are kept: what the leaf hashes are made of. */
  List<KeptEntry> entries();

  /** The ledger's head after the commit. */
  Head head();

  /** The proof, under {@link #head}, of the entry at {@code offset} in the write. */
  InclusionProof proof(int offset);

  /**
   * What {@code sign} makes of the head. All writes of a group share the head, so it is called once
   * for them together, and never before the commit was won.
   */
  String signed(Function<Head, String> sign);
}
