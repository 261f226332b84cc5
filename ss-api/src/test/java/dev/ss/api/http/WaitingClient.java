package dev.ss.api.http;

import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** A client that waits, and what it has been answered with. */
final class WaitingClient {
  private final List<Object> answers = new ArrayList<>();

  private boolean hungUp;

  void hangUp() {
    hungUp = true;
  }

  boolean hasHungUp() {
    return hungUp;
  }

  List<Object> answers() {
    return answers;
  }

  /** A request about whose connection nothing is known. */
  ContainerRequestContext request() {
    return (ContainerRequestContext)
        Proxy.newProxyInstance(
            ContainerRequestContext.class.getClassLoader(),
            new Class<?>[] {ContainerRequestContext.class},
            (proxy, method, arguments) -> null);
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
