package io.mooring.ledger;

/** The head of a tree: how many leaves it has, and the root that commits to all of them. */
public record Head(long size, Hash root) {
  private static final Head EMPTY = new Head(0, Hash.ofNothing());

  public Head {
    if (size < 0) {
      throw new MalformedException("a tree has from 0 to 2^63-1 leaves, not " + size);
    }
    if (size == 0 && !root.equals(Hash.ofNothing())) {
      throw new MalformedException("the root of an empty tree is the hash of nothing");
    }
  }

  public static Head empty() {
    return EMPTY;
  }
}
