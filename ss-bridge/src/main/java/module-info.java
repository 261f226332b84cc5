/**
 * Codahale metrics as Prometheus metrics: {@link dev.ss.bridge.BridgeRegistry}.
 *
 * <p>Always required are metrics-core, the Prometheus model and its formats, and SLF4J. Dropwizard,
 * the servlet API, the JDK's HTTP server, the JVM's metrics and the stock bridge are only required
 * by programs that use the classes that name them. They are not transitive, because a program
 * without them would not compile.
 */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // none has a descriptor
module dev.ss.bridge {
  requires transitive com.codahale.metrics;
  requires transitive io.prometheus.metrics.model;
  requires io.prometheus.metrics.config;
  requires io.prometheus.metrics.expositionformats; // the next module looks it up to write protobuf
  requires io.prometheus.writer.text;
  requires org.slf4j;
  requires static com.fasterxml.jackson.databind;
  requires static io.dropwizard.core;
  requires static io.dropwizard.jetty;
  requires static io.dropwizard.lifecycle;
  requires static io.dropwizard.metrics;
  requires static io.prometheus.metrics.instrumentation.dropwizard5;
  requires static jakarta.servlet;
  requires static jdk.httpserver;
  requires static com.fasterxml.jackson.annotation;
  requires static io.prometheus.metrics.instrumentation.jvm;
  requires static jakarta.validation;
  requires static org.jspecify;

  exports dev.ss.bridge;
}
