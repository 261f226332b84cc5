package dev.ss.bridge.app;

import dev.ss.bridge.BridgeBundle;
import io.dropwizard.client.JerseyClientBuilder;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jdbi3.JdbiFactory;
import jakarta.ws.rs.client.Client;

/** A Dropwizard application as anybody writes it. The bridge is one import and one statement. */
public final class GreetingApplication extends Application<GreetingConfiguration> {
  @Override
  public void initialize(Bootstrap<GreetingConfiguration> bootstrap) {
    bootstrap.addBundle(new BridgeBundle<>());
  }

  @Override
  public void run(GreetingConfiguration configuration, Environment environment) {
    GreetingDao dao =
        new JdbiFactory()
            .build(environment, configuration.database(), "greetings")
            .onDemand(GreetingDao.class);
    dao.createTable();
    Client client =
        new JerseyClientBuilder(environment).using(configuration.client()).build("greetings");
    environment.jersey().register(new GreetingResource(dao, client));
    environment.lifecycle().manage(new GreetingMetrics(environment.metrics()));
  }
}
