package dev.ss.cli.command;

import java.lang.reflect.Proxy;

/**
 * Ctrl-C. The JDK's module {@code jdk.unsupported} has the only way to hear of it and go on; the
 * compiler warns of it, so it is called by name.
 */
final class Interrupts {
  private Interrupts() {}

  /** Calls this for each Ctrl-C, in a thread of its own, instead of ending the program. */
  static void handle(Runnable pressed) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object calling =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  pressed.run();
                }
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("INT"), calling);
    } catch (ReflectiveOperationException e) {
      // Ctrl-C ends the program at once then.
    }
  }
}
