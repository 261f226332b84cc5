package dev.ss.bridge.app;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.client.JerseyClientConfiguration;
import io.dropwizard.core.Configuration;
import io.dropwizard.db.DataSourceFactory;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

/** What Dropwizard offers, and a database and a client. */
public final class GreetingConfiguration extends Configuration {
  @Valid
  @NotNull
  @JsonProperty("database")
  private DataSourceFactory database = new DataSourceFactory();

  @Valid
  @NotNull
  @JsonProperty("client")
  private JerseyClientConfiguration client = new JerseyClientConfiguration();

  DataSourceFactory database() {
    return database;
  }

  JerseyClientConfiguration client() {
    return client;
  }
}
