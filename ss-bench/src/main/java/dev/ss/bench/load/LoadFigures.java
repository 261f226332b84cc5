package dev.ss.bench.load;

/** The figures of one load. */
record LoadFigures(
    double requestsPerSecond, double p50Millis, double p99Millis, double cpuSecondsPer10000) {

  /** A figure, with its headings in the tables of values and of ratios. */
  enum Figure {
    RATE("requests/s", "requests/s", 0),
    P50("p50 ms", "p50", 2),
    P99("p99 ms", "p99", 2),
    CPU("CPU s per 10,000 requests", "CPU per request", 2);

    private final String heading;
    private final String ratioHeading;
    private final int decimals;

    Figure(String heading, String ratioHeading, int decimals) {
      this.heading = heading;
      this.ratioHeading = ratioHeading;
      this.decimals = decimals;
    }

    String heading() {
      return heading;
    }

    String ratioHeading() {
      return ratioHeading;
    }

    int decimals() {
      return decimals;
    }
  }

  static LoadFigures of(Wrk.Summary summary, double cpuSeconds) {
    return new LoadFigures(
        summary.requests() * 1e6 / summary.micros(),
        summary.p50Micros() / 1e3,
        summary.p99Micros() / 1e3,
        cpuSeconds * 1e4 / summary.requests());
  }

  double get(Figure figure) {
    return switch (figure) {
      case RATE -> requestsPerSecond;
      case P50 -> p50Millis;
      case P99 -> p99Millis;
      case CPU -> cpuSecondsPer10000;
    };
  }
}
