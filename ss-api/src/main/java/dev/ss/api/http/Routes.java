package dev.ss.api.http;

import dev.ss.api.metrics.Route;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.server.model.ResourceMethod;
import org.glassfish.jersey.server.monitoring.ApplicationEvent;
import org.glassfish.jersey.server.monitoring.ApplicationEventListener;
import org.glassfish.jersey.server.monitoring.RequestEvent;
import org.glassfish.jersey.server.monitoring.RequestEventListener;
import org.glassfish.jersey.uri.UriTemplate;

/**
 * Finds the route template of a request and stores it as a request attribute, where {@link
 * RequestMetrics} reads it.
 *
 * <p>For a request that Jersey has dispatched, Jersey knows the template. For one that Jersey
 * refuses because of its method or media type, {@link #ofPath} matches the path against all
 * templates.
 */
public final class Routes implements ApplicationEventListener, RequestEventListener {
  /** The name of the request attribute that holds the {@link Route}. */
  static final String ATTRIBUTE = Route.class.getName();

  private volatile Known known = new Known();

  /**
   * The routes that Jersey serves. The {@link ResourceMethod}s can be keys, because Jersey keeps
   * the same objects for as long as it runs.
   */
  private record Known(List<Template> templates, Map<ResourceMethod, Route> ofMethods) {
    Known() {
      this(new ArrayList<>(), new HashMap<>());
    }
  }

  private record Template(UriTemplate template, Route route) {}

  @Override
  public void onEvent(ApplicationEvent event) {
    if (event.getType() == ApplicationEvent.Type.INITIALIZATION_FINISHED) {
      Known served = new Known();
      event.getResourceModel().getRootResources().forEach(root -> collect("", root, served));
      // The order in which Jersey tries them: /v1/jobs/batch must not match /v1/jobs/{job_id}.
      served.templates().sort(Comparator.comparing(Template::template, UriTemplate.COMPARATOR));
      known = served;
    }
  }

  @Override
  public RequestEventListener onRequest(RequestEvent event) {
    return this;
  }

  @Override
  public void onEvent(RequestEvent event) {
    if (event.getType() == RequestEvent.Type.REQUEST_MATCHED) {
      // Jersey keeps the properties of its request as attributes of the servlet request.
      event
          .getContainerRequest()
          .setProperty(
              ATTRIBUTE, known.ofMethods().get(event.getUriInfo().getMatchedResourceMethod()));
    }
  }

  /** The route whose template matches the path, for requests that Jersey has not dispatched. */
  Route ofPath(String path) {
    String normal = withoutSlashAtTheEnd(path);
    List<String> groups = new ArrayList<>();
    return known.templates().stream()
        .filter(template -> template.template().match(normal, groups))
        .findFirst()
        .map(Template::route)
        .orElse(Route.UNMATCHED);
  }

  /** Whether the request is for a list of jobs. */
  public static boolean isList(Request request) {
    String path = request.getHttpURI().getCanonicalPath();
    return HttpMethod.GET.is(request.getMethod())
        && path != null
        && withoutSlashAtTheEnd(path).equals("/v1/jobs");
  }

  private static void collect(String prefix, Resource resource, Known served) {
    String template =
        withoutSlashAtTheEnd((prefix + "/" + resource.getPath()).replaceAll("/{2,}", "/"));
    if (!resource.getAllMethods().isEmpty()) {
      Route route = Route.ofTemplate(template);
      served.templates().add(new Template(new UriTemplate(template), route));
      resource.getAllMethods().forEach(method -> served.ofMethods().put(method, route));
    }
    resource.getChildResources().forEach(child -> collect(template, child, served));
  }

  static String withoutSlashAtTheEnd(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
