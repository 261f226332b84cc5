package dev.ss.api.http;

import jakarta.ws.rs.container.AsyncResponse;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** A client that waits, and what it has been answered with. */
final class WaitingClient {
  private final List<Object> answers = new ArrayList<>();

  List<Object> answers() {
    return answers;
  }

  AsyncResponse response() {
    return (AsyncResponse)
        Proxy.newProxyInstance(
            AsyncResponse.class.getClassLoader(),
            new Class<?>[] {AsyncResponse.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "resume" -> answers.add(arguments[0]);
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> proxy == arguments[0];
                  default -> throw new AssertionError(method);
                });
  }
}
