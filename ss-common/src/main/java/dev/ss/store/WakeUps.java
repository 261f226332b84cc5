package dev.ss.store;

/**
 * Tells workers that jobs have been queued, so that they look before their poll interval ends. If a
 * message is lost, workers find the jobs at the end of that interval.
 */
interface WakeUps {
  /** Sends no messages. */
  WakeUps NONE =
      new WakeUps() {
        @Override
        public void queued(String jobType) {}

        @Override
        public void start() {}

        @Override
        public void stop() {}
      };

  /** Announces that due jobs of this type have been committed. Never blocks and never fails. */
  void queued(String jobType);

  void start();

  void stop();
}
