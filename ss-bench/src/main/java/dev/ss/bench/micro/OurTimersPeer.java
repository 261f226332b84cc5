package dev.ss.bench.micro;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import dev.ss.bridge.BridgeRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** This bridge with timers registered by name; their buckets are those of {@link Latency}. */
final class OurTimersPeer implements Peer {
  private final BridgeRegistry registry = new BridgeRegistry();
  private final OurScrape scrape = new OurScrape(registry);

  @Override
  public LongConsumer series(String route) {
    Timer timer = registry.timer(MetricRegistry.name("latency", route));
    return nanos -> timer.update(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void scrape(ScrapeFormat format, OutputStream output) throws IOException {
    scrape.write(format, output);
  }
}
