package io.mooring.iac;

/** What the gateway lets through of the routes that cost more than they look, whoever asks. */
enum RouteThrottle {
  SIGN_UP("POST /v1/sign-up", 5, 20),
  TOKEN("POST /v1/token", 500, 1_000),
  SCRUB("POST /v1/ledgers/{ledger}/scrub", 5, 10),
  REBUILD("POST /v1/ledgers/{ledger}/rebuild", 5, 10),
  REPAIR("POST /v1/ledgers/{ledger}/repair", 5, 10),
  VERIFY("POST /v1/verify", 200, 500);

  /** Every other route together with these; what an account has unless AWS raises it. */
  static final int RATE = 10_000;

  static final int BURST = 5_000;

  private final String route;
  private final int rate;
  private final int burst;

  RouteThrottle(String route, int rate, int burst) {
    this.route = route;
    this.rate = rate;
    this.burst = burst;
  }

  String route() {
    return route;
  }

  int rate() {
    return rate;
  }

  int burst() {
    return burst;
  }
}
