package dev.ss.api.http;

import dev.ss.metrics.Route;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.glassfish.jersey.server.ExtendedUriInfo;
import org.glassfish.jersey.server.model.Resource;
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

  private final AtomicReference<List<Known>> all = new AtomicReference<>(List.of());

  private record Known(UriTemplate template, Route route) {}

  @Override
  public void onEvent(ApplicationEvent event) {
    if (event.getType() == ApplicationEvent.Type.INITIALIZATION_FINISHED) {
      List<Known> known = new ArrayList<>();
      event.getResourceModel().getRootResources().forEach(root -> collect("", root, known));
      all.set(List.copyOf(known));
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
          .setProperty(ATTRIBUTE, Route.ofTemplate(matched(event.getUriInfo())));
    }
  }

  /** Jersey has the last match first. */
  private static String matched(ExtendedUriInfo uri) {
    List<String> templates =
        new ArrayList<>(uri.getMatchedTemplates().stream().map(UriTemplate::getTemplate).toList());
    Collections.reverse(templates);
    return normal(templates.stream().collect(Collectors.joining("/")));
  }

  /** The route a path belongs to, for requests that Jersey has not dispatched. */
  Route ofPath(String path) {
    List<String> groups = new ArrayList<>();
    Optional<Known> match =
        all.get().stream().filter(known -> known.template().match(path, groups)).findFirst();
    return match.map(Known::route).orElse(Route.UNMATCHED);
  }

  private static void collect(String prefix, Resource resource, List<Known> known) {
    String template = normal(prefix + "/" + resource.getPath());
    if (!resource.getAllMethods().isEmpty()) {
      known.add(new Known(new UriTemplate(template), Route.ofTemplate(template)));
    }
    resource.getChildResources().forEach(child -> collect(template, child, known));
  }

  private static String normal(String template) {
    String single = template.replaceAll("/{2,}", "/");
    return single.length() > 1 && single.endsWith("/")
        ? single.substring(0, single.length() - 1)
        : single;
  }
}
