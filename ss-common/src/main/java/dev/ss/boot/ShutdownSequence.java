package dev.ss.boot;

import io.dropwizard.core.setup.Environment;
import java.time.Duration;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * Ends work before the server stops, while {@code /metrics} still answers: Jetty closes its
 * connectors first of all, long before it stops what is managed.
 */
public final class ShutdownSequence {
  private ShutdownSequence() {}

  /** Runs {@code work} when the process is told to stop. */
  public static void beforeStop(Environment environment, Runnable work) {
    environment
        .lifecycle()
        .addEventListener(
            new LifeCycle.Listener() {
              @Override
              public void lifeCycleStopping(LifeCycle server) {
                work.run();
              }
            });
  }

  /** Lets the process serve on for so long. */
  public static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
