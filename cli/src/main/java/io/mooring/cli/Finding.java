package io.mooring.cli;

/** What was concluded of one layer of what is verified, in plain words. */
record Finding(String layer, Judgement judgement, String words) {
  static Finding valid(String layer, String words) {
    return new Finding(layer, Judgement.VALID, words);
  }

  static Finding invalid(String layer, String words) {
    return new Finding(layer, Judgement.INVALID, words);
  }

  static Finding unknown(String layer, String words) {
    return new Finding(layer, Judgement.UNKNOWN, words);
  }
}
