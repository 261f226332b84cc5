package dev.ss.boot;

import io.dropwizard.core.setup.Environment;
import java.time.Duration;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * Ends work before the server stops, while {@code /metrics} still answers. Jetty closes its
 * connectors first, long before it stops managed objects.
 */
public final class ShutdownSequence {
  private ShutdownSequence() {}

  /** Runs {@code work} when the process is told to stop, before the server stops. */
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

  /** Blocks the shutdown for this long, while the process still serves requests. */
  public static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
