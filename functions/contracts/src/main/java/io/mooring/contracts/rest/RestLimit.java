package io.mooring.contracts.rest;

import io.mooring.platform.limit.Bound;
import io.mooring.platform.limit.Limit;

/** The bounds of the REST face; what runs in calls is bounded as it is by JSON-RPC. */
public enum RestLimit implements Limit {
  CONTRACT_ABI_BYTES_MAX("contractAbiBytesMax", 256 * 1024),
  CONTRACT_NAME_CHARACTERS_MAX("contractNameCharactersMax", 64),
  LOG_SEARCH_MILLIS_MAX("logSearchMillisMax", 2_000),
  SENDER_NONCE_TRIES_MAX("senderNonceTriesMax", 32);

  private final Bound bound;

  RestLimit(String word, long value) {
    this.bound = new Bound(word, value);
  }

  @Override
  public Bound bound() {
    return bound;
  }
}
