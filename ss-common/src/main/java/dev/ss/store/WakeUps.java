package dev.ss.store;

/**
 * Announces to workers that jobs have been queued, so that they look before their poll interval is
 * over. A lost announcement costs no more than that interval.
 */
interface WakeUps {
  /** Announces nothing. */
  WakeUps NONE =
      new WakeUps() {
        @Override
        public void queued(String jobType) {}

        @Override
        public void start() {}

        @Override
        public void stop() {}
      };

  /** Jobs of this type have been committed and are due. Never waits and never fails. */
  void queued(String jobType);

  void start();

  void stop();
}
