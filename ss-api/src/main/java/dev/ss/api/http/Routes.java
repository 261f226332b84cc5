package dev.ss.api.http;

import dev.ss.metrics.Route;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.server.model.ResourceMethod;
import org.glassfish.jersey.server.monitoring.ApplicationEvent;
import org.glassfish.jersey.server.monitoring.ApplicationEventListener;
import org.glassfish.jersey.server.monitoring.RequestEvent;
import org.glassfish.jersey.server.monitoring.RequestEventListener;
import org.glassfish.jersey.uri.UriTemplate;

/**
 * Finds the route template of a request and leaves it where {@link RequestMetrics} looks for it.
 *
 * <p>Jersey knows the template of a request it has dispatched. Of one that is refused because of
 * its method or a media type it knows none; there the path is held against all templates.
 */
public final class Routes implements ApplicationEventListener, RequestEventListener {
  /** The request attribute with the {@link Route}. */
  static final String ATTRIBUTE = Route.class.getName();

  private final AtomicReference<Known> known = new AtomicReference<>(new Known());

  /** What Jersey serves; its methods are the same objects for as long as it runs. */
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
      // As Jersey itself tries them: /v1/jobs/batch is no job.
      served.templates().sort(Comparator.comparing(Template::template, UriTemplate.COMPARATOR));
      known.set(served);
    }
  }

  @Override
  public RequestEventListener onRequest(RequestEvent event) {
    return this;
  }

  @Override
  public void onEvent(RequestEvent event) {
    if (event.getType() == RequestEvent.Type.REQUEST_MATCHED) {
      // Jersey keeps its request's properties as the servlet request's attributes.
      event
          .getContainerRequest()
          .setProperty(
              ATTRIBUTE,
              known.get().ofMethods().get(event.getUriInfo().getMatchedResourceMethod()));
    }
  }

  /** The route a path belongs to, for requests that Jersey has not dispatched. */
  Route ofPath(String path) {
    List<String> groups = new ArrayList<>();
    return known.get().templates().stream()
        .filter(template -> template.template().match(path, groups))
        .findFirst()
        .map(Template::route)
        .orElse(Route.UNMATCHED);
  }

  private static void collect(String prefix, Resource resource, Known served) {
    String template = normal(prefix + "/" + resource.getPath());
    if (!resource.getAllMethods().isEmpty()) {
      Route route = Route.ofTemplate(template);
      served.templates().add(new Template(new UriTemplate(template), route));
      resource.getAllMethods().forEach(method -> served.ofMethods().put(method, route));
    }
    resource.getChildResources().forEach(child -> collect(template, child, served));
  }

  private static String normal(String template) {
    String single = template.replaceAll("/{2,}", "/");
    return single.length() > 1 && single.endsWith("/")
        ? single.substring(0, single.length() - 1)
        : single;
  }
}
