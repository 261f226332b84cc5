package dev.ss.api;

import dev.ss.access.AccessControl;
import dev.ss.api.problem.JettyProblems;
import dev.ss.api.stream.StreamedResponses;
import dev.ss.api.stream.WaitingConnection;
import dev.ss.boot.Connectors;
import dev.ss.boot.ErrorResponses;
import dev.ss.config.ApiSection;
import dev.ss.server.DetachedResponses;
import dev.ss.server.MemoryBudget;
import io.dropwizard.core.server.AbstractServerFactory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.filter.AllowedMethodsFilter;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.FilterMapping;
import org.eclipse.jetty.ee10.servlet.ServletHandler;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;

/** The API's HTTP server: one connector for all routes, without Dropwizard's admin connector. */
final class ApiServer extends AbstractServerFactory {
  /** The part of the heap for responses that their clients have not read yet. */
  private static final int RESPONSES_PART_OF_HEAP = 8;

  private final ApiSection section;
  private final AccessControl access;
  private final UnaryOperator<Handler> bodies;
  private final StreamedResponses streams;
  private final Consumer<Server> countRequests;

  /**
   * @param bodies puts what reads the bodies of requests before the routes
   * @param streams sends what is too large for memory
   */
  ApiServer(
      ApiSection section,
      AccessControl access,
      UnaryOperator<Handler> bodies,
      StreamedResponses streams,
      Consumer<Server> countRequests) {
    this.bodies = bodies;
    this.streams = streams;
    this.section = section;
    this.access = access;
    this.countRequests = countRequests;
    setRegisterDefaultExceptionMappers(false);
    // The filter would put paths and queries of requests into thread names, and so into logs.
    setEnableThreadNameFilter(false);
    setMaxThreads(256);
    setRequestLogFactory(section.requestLog());
  }

  @Override
  public Server build(Environment environment) {
    Server server = buildServer(environment.lifecycle(), createThreadPool(environment.metrics()));
    JettyProblems problems = new JettyProblems();
    server.setErrorHandler(ErrorResponses.forServer(problems));
    environment.getApplicationContext().setErrorHandler(ErrorResponses.forContext(problems));
    addRequestLog(server, environment.getName(), environment.getApplicationContext());
    Handler routes = bodies.apply(WaitingConnection.keeping(routes(server, environment)));
    streams.setHandler(
        new DetachedResponses(
            buildGzipHandler(routes), MemoryBudget.partOfHeap(RESPONSES_PART_OF_HEAP)));
    server.setHandler(access.guarding(addGracefulHandler(streams)));
    countRequests.accept(server);
    leaveMethodsToTheRoutes(environment.getApplicationContext().getServletHandler());
    listen(server, environment);
    return server;
  }

  private Handler routes(Server server, Environment environment) {
    return createAppServlet(
        server,
        environment.jersey(),
        environment.getObjectMapper(),
        environment.getValidator(),
        environment.getApplicationContext(),
        environment.getJerseyServletContainer(),
        environment.metrics());
  }

  /**
   * Removes Dropwizard's filter for unknown methods: its 405 lacks the Allow header, which RFC 9110
   * requires.
   */
  private static void leaveMethodsToTheRoutes(ServletHandler servlets) {
    Set<String> refusing =
        Arrays.stream(servlets.getFilters())
            .filter(filter -> filter.getHeldClass() == AllowedMethodsFilter.class)
            .map(FilterHolder::getName)
            .collect(Collectors.toSet());
    servlets.setFilterMappings(
        Arrays.stream(servlets.getFilterMappings())
            .filter(mapping -> !refusing.contains(mapping.getFilterName()))
            .toArray(FilterMapping[]::new));
  }

  private void listen(Server server, Environment environment) {
    Connectors.open(
        section.connector(),
        section.maxConnectionsPerAddress(),
        server,
        environment.metrics(),
        "api.connector",
        "SS_API_PORT");
  }

  @Override
  public void configure(Environment environment) {
    // ApiApplication has configured everything already.
  }
}
