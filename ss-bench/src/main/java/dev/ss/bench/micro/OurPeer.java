package dev.ss.bench.micro;

import com.codahale.metrics.Timer;
import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.BridgeSettings;
import dev.ss.bridge.BucketTimer;
import dev.ss.bridge.Buckets;
import dev.ss.bridge.Family1;
import dev.ss.bridge.FamilySpec;
import dev.ss.bridge.Label;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** This bridge. */
final class OurPeer implements Peer {
  private static final int CAP = 1_000_000;

  private final BridgeRegistry registry =
      new BridgeRegistry(new BridgeSettings(CAP, Duration.ofSeconds(1), Duration.ofSeconds(2)));
  private final Family1<String, BucketTimer> family =
      registry.family(
          FamilySpec.histogram("latency_seconds", Buckets.ofSeconds(Latency.seconds()), "Latency."),
          Label.ofType("route", (String route) -> route));

  private final OurScrape scrape = new OurScrape(registry);

  @Override
  public LongConsumer series(String route) {
    Timer timer = family.with(route);
    return nanos -> timer.update(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void scrape(ScrapeFormat format, OutputStream output) throws IOException {
    scrape.write(format, output);
  }
}
