package dev.ss.bench.jobs;

/** Makes checked exceptions end a measurement like unchecked ones. */
final class Failing {
  private Failing() {}

  /** Work that may fail. */
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
