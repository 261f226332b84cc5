package dev.ss.bench.jobs;

/** Checked exceptions end a measurement like any other. */
final class Failing {
  private Failing() {}

  /** Something that may fail. */
  interface Work {
    void run() throws Exception;
  }

  static void loudly(Work work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
