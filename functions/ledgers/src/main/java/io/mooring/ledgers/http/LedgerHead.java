package io.mooring.ledgers.http;

import io.mooring.ledger.Hash;
import io.mooring.ledger.Head;
import io.mooring.ledger.MalformedException;
import io.mooring.platform.commit.Basis;
import io.mooring.platform.problem.PlatformRefusal;
import io.mooring.platform.problem.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * The head that an append is to follow, as a client names it: size and root, the second and third
 * line of a checkpoint, with a space between them.
 */
final class LedgerHead {
  static final String HEADER = "If-Ledger-Head";

  private LedgerHead() {}

  static Basis basis(@Nullable String head) {
    if (head == null) {
      return new Basis.Any();
    }
    int space = head.indexOf(' ');
    try {
      long size = ReadEntriesResource.number(HEADER, head.substring(0, Math.max(space, 0)));
      return new Basis.Upon(new Head(size, Hash.ofBase64(head.substring(space + 1))));
    } catch (MalformedException e) {
      throw new RefusedException(
          PlatformRefusal.PARAMETER_INVALID,
          HEADER + " is a size, a space and a root, as a checkpoint has them");
    }
  }
}
