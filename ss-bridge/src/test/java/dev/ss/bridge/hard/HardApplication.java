package dev.ss.bridge.hard;

import com.codahale.metrics.MetricFilter;
import com.codahale.metrics.MetricRegistry;
import dev.ss.bridge.BridgeBundle;
import dev.ss.bridge.BridgeSettings;
import dev.ss.bridge.ScrapeAccess;
import dev.ss.bridge.StockMappings;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.prometheus.metrics.exporter.servlet.jakarta.PrometheusMetricsServlet;
import io.prometheus.metrics.instrumentation.dropwizard.DropwizardExports;
import io.prometheus.metrics.instrumentation.dropwizard5.labels.CustomLabelMapper;
import io.prometheus.metrics.instrumentation.dropwizard5.labels.MapperConfig;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.List;

/**
 * An application with all the cases. ss-bridge serves the application's registry. The stock bridge
 * serves one registry for each case, because one case can fail the scrape of all others, and one
 * registry with all cases.
 */
public final class HardApplication extends Application<Configuration> {
  private final BridgeBundle<Configuration> bundle =
      new BridgeBundle<>(roomForChurn(), ScrapeAccess.OPEN);
  private final List<HardCase> cases;
  private final List<Side.Stock> stock = new ArrayList<>();

  HardApplication(List<HardCase> cases) {
    this.cases = cases;
  }

  /** Twice the default, because one case alone registers that many metrics. */
  private static BridgeSettings roomForChurn() {
    BridgeSettings usual = BridgeSettings.defaults();
    return new BridgeSettings(
        usual.seriesPerFamily(),
        2 * usual.foreignMetrics(),
        usual.readLimit(),
        usual.readBudget(),
        usual.prefix(),
        usual.emptyHistograms());
  }

  @Override
  public void initialize(Bootstrap<Configuration> bootstrap) {
    bootstrap.addBundle(bundle);
  }

  @Override
  public void run(Configuration configuration, Environment environment) {
    environment.jersey().register(new Orders());
    ours().metrics().map(StockMappings.rules(mappings(cases)), List.of());
    cases.forEach(hard -> hard.content().accept(ours()));
    cases.forEach(hard -> serveStock(List.of(hard), environment));
    serveStock(cases, environment);
  }

  private static List<MapperConfig> mappings(List<HardCase> cases) {
    return cases.stream().flatMap(hard -> hard.mappings().stream()).toList();
  }

  Side.Ours ours() {
    return new Side.Ours(bundle.registry());
  }

  /** Returns the path of a case by its number; the last number has all cases. */
  List<Side.Stock> stock() {
    return stock;
  }

  static String stockPath(int number) {
    return "/stock/" + number;
  }

  private void serveStock(List<HardCase> content, Environment environment) {
    String path = stockPath(stock.size());
    Side.Stock side = new Side.Stock(new MetricRegistry(), new PrometheusRegistry());
    stock.add(side);
    side.prometheus().register(exports(side.metrics(), mappings(content)));
    content.forEach(hard -> hard.content().accept(side));
    environment
        .servlets()
        .addServlet(path, new PrometheusMetricsServlet(side.prometheus()))
        .addMapping(path);
  }

  private static DropwizardExports exports(MetricRegistry metrics, List<MapperConfig> mappings) {
    return mappings.isEmpty()
        ? new DropwizardExports(metrics)
        : new DropwizardExports(metrics, MetricFilter.ALL, new CustomLabelMapper(mappings));
  }
}
