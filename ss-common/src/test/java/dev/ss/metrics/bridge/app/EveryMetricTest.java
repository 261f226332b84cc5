package dev.ss.metrics.bridge.app;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EveryMetricTest {
  @RegisterExtension static final Greetings app = new Greetings();

  @Test
  void dump() throws Exception {
    System.out.println(app.get("/greetings/world").body());
    app.post("/greetings", "x");
    System.out.println(app.get("/greetings/later").body());
    System.out.println(app.get("/greetings/failing").body());
    System.out.println(app.get("/greetings/relayed").body());
    app.metrics()
        .getMetrics()
        .forEach((n, m) -> System.out.println("REG " + n + " " + m.getClass().getSimpleName()));
    java.nio.file.Files.writeString(java.nio.file.Path.of("target/scrape.txt"), app.text());
  }
}
