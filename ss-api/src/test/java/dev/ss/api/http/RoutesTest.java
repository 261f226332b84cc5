package dev.ss.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.api.metrics.Route;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.spi.Container;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
  private static final Routes ROUTES = new Routes();
  private static final ApplicationHandler JERSEY =
      new ApplicationHandler(
          new ResourceConfig().register(ROUTES).register(Root.class).register(Things.class));

  @BeforeAll
  static void start() {
    JERSEY.onStartup(
        (Container)
            Proxy.newProxyInstance(
                Container.class.getClassLoader(),
                new Class<?>[] {Container.class},
                (proxy, method, arguments) -> null));
  }

  /** A resource at the root, with a file below it. */
  @Path("/")
  public static final class Root {
    @GET
    public String page() {
      return "page";
    }

    @GET
    @Path("ui/{file}")
    public String file(@PathParam("file") String file) {
      return file;
    }
  }

  /** A resource with a list, one literal name, one parameter, and something below it. */
  @Path("/v1/things/")
  public static final class Things {
    @GET
    public String list() {
      return "list";
    }

    @POST
    @Path("batch")
    public String batch() {
      return "batch";
    }

    @GET
    @Path("{thing_id}")
    public String get(@PathParam("thing_id") String thingId) {
      return thingId;
    }

    @DELETE
    @Path("/{thing_id}/parts/")
    public void delete(@PathParam("thing_id") String thingId) {}
  }

  @ParameterizedTest
  @CsvSource({
    "/,                    /",
    "/ui/style.css,        /ui/{file}",
    "/v1/things,           /v1/things",
    "/v1/things/,          /v1/things",
    "/v1/things/batch,     /v1/things/batch",
    "/v1/things/7,         /v1/things/{thing_id}",
    "/v1/things/%2F,       /v1/things/{thing_id}",
    "/v1/things/7/parts,   /v1/things/{thing_id}/parts",
  })
  void aPathHasTheTemplateThatMatchesItBest(String path, String template) {
    assertThat(ROUTES.ofPath(path).template()).isEqualTo(template);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/ui", "/v1", "/v1//things", "/v1/things/7/x", "*", ""})
  void aPathWithoutATemplateIsUnmatched(String path) {
    assertThat(ROUTES.ofPath(path)).isSameAs(Route.UNMATCHED);
  }

  @Test
  void beforeJerseyHasStartedEveryPathIsUnmatched() {
    assertThat(new Routes().ofPath("/v1/things")).isSameAs(Route.UNMATCHED);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /v1/things/7,       /v1/things/{thing_id}",
    "HEAD,   /v1/things/7,       /v1/things/{thing_id}",
    "POST,   /v1/things/batch,   /v1/things/batch",
    "DELETE, /v1/things/7/parts, /v1/things/{thing_id}/parts",
    "GET,    /,                  /",
  })
  void aDispatchedRequestHasTheRouteOfItsMethodAsAttribute(
      String method, String path, String template) throws Exception {
    assertThat(dispatched(method, path))
        .isInstanceOfSatisfying(
            Route.class, route -> assertThat(route.template()).isEqualTo(template));
  }

  @ParameterizedTest
  @CsvSource({"PUT, /v1/things/7", "GET, /nothing"})
  void aRequestThatJerseyRefusesHasNone(String method, String path) throws Exception {
    assertThat(dispatched(method, path)).isNull();
  }

  private Object dispatched(String method, String path)
      throws ExecutionException, InterruptedException {
    URI base = URI.create("http://localhost/");
    ContainerRequest request =
        new ContainerRequest(
            base, base.resolve(path), method, null, new MapPropertiesDelegate(), null);
    JERSEY.apply(request).get();
    return request.getProperty(Routes.ATTRIBUTE);
  }
}
