package dev.ss.api.http;

import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Refuses query parameters that a route does not have: a mistyped {@code ?stat=failed} must not
 * list all jobs.
 */
public final class StrictQuery implements ContainerRequestFilter {
  private final Map<Method, Map<String, Boolean>> known = new ConcurrentHashMap<>();

  @SuppressWarnings("NullAway.Init") // Jersey sets it
  @Context
  private ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    Map<String, Boolean> parameters =
        known.computeIfAbsent(resource.getResourceMethod(), StrictQuery::parametersOf);
    request
        .getUriInfo()
        .getQueryParameters()
        .forEach((name, values) -> check(name, values, parameters));
  }

  private static void check(String name, List<String> values, Map<String, Boolean> parameters) {
    Boolean isRepeatable = parameters.get(name);
    if (isRepeatable == null) {
      throw problem(
          ProblemCode.UNKNOWN_PARAMETER,
          parameters.isEmpty()
              ? "This route has no query parameters."
              : "This route's query parameters are "
                  + String.join(", ", parameters.keySet())
                  + ".");
    }
    if (values.size() > 1 && !isRepeatable) {
      throw problem(ProblemCode.INVALID_PARAMETER, name + " is given twice.");
    }
    for (String value : values) {
      if (value.chars().anyMatch(Character::isISOControl)) {
        throw problem(ProblemCode.INVALID_PARAMETER, name + " must not have control characters.");
      }
      // Jersey treats an empty value as an absent parameter, so ?state= would list every job.
      if (value.isEmpty()) {
        throw problem(ProblemCode.INVALID_PARAMETER, name + " is empty; leave it out.");
      }
    }
  }

  private static ProblemException problem(ProblemCode code, String detail) {
    return new ProblemException(code, detail);
  }

  /** The names of a route's parameters, each with whether it may be given more than once. */
  private static Map<String, Boolean> parametersOf(Method method) {
    Map<String, Boolean> parameters = new TreeMap<>();
    for (Parameter parameter : method.getParameters()) {
      add(parameter, parameter.getType(), parameters);
      if (parameter.isAnnotationPresent(BeanParam.class)) {
        for (Field field : parameter.getType().getDeclaredFields()) {
          add(field, field.getType(), parameters);
        }
      }
    }
    return parameters;
  }

  private static void add(AnnotatedElement place, Class<?> type, Map<String, Boolean> parameters) {
    QueryParam parameter = place.getAnnotation(QueryParam.class);
    if (parameter != null) {
      parameters.put(parameter.value(), type == List.class);
    }
  }
}
