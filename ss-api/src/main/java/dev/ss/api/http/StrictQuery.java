package dev.ss.api.http;

import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Refuses query parameters that a route does not have: a mistyped {@code ?stat=failed} must not
 * list all jobs.
 */
public final class StrictQuery implements ContainerRequestFilter {
  private final Map<Method, Set<String>> known = new ConcurrentHashMap<>();

  @SuppressWarnings("NullAway.Init") // Jersey sets it
  @Context
  private ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    Set<String> parameters =
        known.computeIfAbsent(resource.getResourceMethod(), StrictQuery::parametersOf);
    for (Map.Entry<String, List<String>> given :
        request.getUriInfo().getQueryParameters().entrySet()) {
      if (!parameters.contains(given.getKey())) {
        throw problem(
            ProblemCode.UNKNOWN_PARAMETER,
            parameters.isEmpty()
                ? "This route has no query parameters."
                : "This route's query parameters are " + String.join(", ", parameters) + ".");
      }
      if (given.getValue().size() > 1) {
        throw problem(ProblemCode.INVALID_PARAMETER, given.getKey() + " is given twice.");
      }
      if (given.getValue().get(0).chars().anyMatch(Character::isISOControl)) {
        throw problem(
            ProblemCode.INVALID_PARAMETER, given.getKey() + " must not have control characters.");
      }
      // Jersey treats an empty value as an absent parameter, so ?state= would list every job.
      if (given.getValue().get(0).isEmpty()) {
        throw problem(ProblemCode.INVALID_PARAMETER, given.getKey() + " is empty; leave it out.");
      }
    }
  }

  private static ProblemException problem(ProblemCode code, String detail) {
    return new ProblemException(code, detail);
  }

  private static Set<String> parametersOf(Method method) {
    return Arrays.stream(method.getParameters())
        .map(parameter -> parameter.getAnnotation(QueryParam.class))
        .filter(Objects::nonNull)
        .map(QueryParam::value)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
