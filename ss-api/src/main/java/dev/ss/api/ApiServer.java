package dev.ss.api;

import dev.ss.access.AccessControl;
import dev.ss.api.problem.JettyProblems;
import dev.ss.boot.Connectors;
import dev.ss.boot.ErrorResponses;
import dev.ss.config.ApiSection;
import io.dropwizard.core.server.AbstractServerFactory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.filter.AllowedMethodsFilter;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.FilterMapping;
import org.eclipse.jetty.ee10.servlet.ServletHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The API's HTTP server: one connector for all routes, without Dropwizard's admin connector. */
final class ApiServer extends AbstractServerFactory {
  private final ApiSection section;
  private final AccessControl access;
  private final Consumer<Server> countRequests;

  ApiServer(ApiSection section, AccessControl access, Consumer<Server> countRequests) {
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
    server.setHandler(
        addGracefulHandler(
            buildGzipHandler(
                createAppServlet(
                    server,
                    environment.jersey(),
                    environment.getObjectMapper(),
                    environment.getValidator(),
                    environment.getApplicationContext(),
                    environment.getJerseyServletContainer(),
                    environment.metrics()))));
    server.setHandler(access.guarding(server.getHandler()));
    countRequests.accept(server);
    leaveMethodsToTheRoutes(environment.getApplicationContext().getServletHandler());
    listen(server, environment);
    return server;
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
    ServerConnector connector =
        Connectors.open(
            section.connector(), server, environment.metrics(), "api.connector", "SS_API_PORT");
    // A client that waits for a job sends nothing meanwhile: the idle timeout must exceed maxWait.
    connector.setIdleTimeout(
        Math.max(connector.getIdleTimeout(), section.maxWait().toMilliseconds() + 30_000));
  }

  @Override
  public void configure(Environment environment) {
    // ApiApplication has configured everything already.
  }
}
