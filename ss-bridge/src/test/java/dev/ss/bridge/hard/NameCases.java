package dev.ss.bridge.hard;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Names that clash or lose a part, some of them because of a mapping. */
final class NameCases {
  private static final String ONE_LEFT_OUT =
      "the first is there, the other is left out and counted";

  private NameCases() {}

  static List<HardCase> all() {
    return List.of(
        timedMethod(),
        endings(),
        collidingGauges(),
        collidingTimers(),
        otherScripts(),
        sharedFamily(),
        sharedSeries(),
        sharedByKinds(),
        mappedMeter(),
        declaredName());
  }

  /** The timers of {@link Orders#list}; in the application, Jersey has already created them. */
  private static HardCase timedMethod() {
    String method = MetricRegistry.name(Orders.class, "list");
    return HardCase.of(
            "Jersey's `@Timed`, which also registers names in `.total`",
            side ->
                List.of("", ".total", ".request.filtering", ".response.filtering")
                    .forEach(
                        part -> side.metrics().timer(method + part).update(Duration.ofSeconds(1))))
        .ours(
            "each is a histogram",
            page -> {
              String family = "dev_ss_bridge_hard_orders_list";
              assertThat(page.value(family + "_seconds_sum")).isPositive();
              assertThat(page.value(family + "_total_seconds_sum")).isPositive();
              assertThat(page.value(family + "_request_filtering_seconds_sum")).isPositive();
              assertThat(page.value(family + "_response_filtering_seconds_sum")).isPositive();
            });
  }

  private static HardCase endings() {
    return HardCase.of(
            "gauges whose names end in `.total`, `.created`, `.bucket`, `.info`",
            side ->
                List.of("a.total", "b.created", "c.bucket", "d.info")
                    .forEach(name -> gauge(side, "ending." + name, 7)))
        .ours(
            "keep their names, with `_value` behind",
            page ->
                assertThat(page.page().samples().families())
                    .contains(
                        "ending_a_total_value",
                        "ending_b_created_value",
                        "ending_c_bucket_value",
                        "ending_d_info_value"))
        .or(
            "lose the ending",
            page ->
                assertThat(page.page().samples().families())
                    .contains("ending_a", "ending_b", "ending_c", "ending_d"));
  }

  private static void gauge(Side side, String name, int value) {
    side.metrics().registerGauge(name, () -> value);
  }

  private static HardCase collidingGauges() {
    return HardCase.of(
            "gauges `a-b.c`, `a.b-c`, `A.B.C`",
            side -> {
              gauge(side, "a-b.c", 1);
              gauge(side, "a.b-c", 2);
              gauge(side, "A.B.C", 3);
            })
        .ours(
            "the first is there, the others are left out and counted",
            page -> {
              assertThat(page.value("a_b_c")).isEqualTo(1);
              assertThat(page.dropped("a.b-c")).isEqualTo(1);
              assertThat(page.dropped("A.B.C")).isEqualTo(1);
            });
  }

  private static HardCase collidingTimers() {
    return HardCase.of(
            "timers `lat` and `lat.seconds`",
            side -> {
              side.metrics().timer("lat").update(Duration.ofSeconds(1));
              side.metrics().timer("lat.seconds").update(Duration.ofSeconds(2));
            })
        .ours(
            ONE_LEFT_OUT,
            page -> {
              assertThat(page.value("lat_seconds_sum")).isEqualTo(1);
              assertThat(page.dropped("lat.seconds")).isEqualTo(1);
            })
        .or(
            "both",
            page -> {
              assertThat(page.value("lat_count")).isEqualTo(1);
              assertThat(page.value("lat_seconds_count")).isEqualTo(1);
            });
  }

  private static HardCase otherScripts() {
    return HardCase.of(
            "gauges `東京` and `大阪`",
            side -> {
              gauge(side, "東京", 1);
              gauge(side, "大阪", 2);
            })
        .ours(
            "both, by the letters' numbers",
            page -> {
              assertThat(page.value("u6771_u4eac")).isEqualTo(1);
              assertThat(page.value("u5927_u962a")).isEqualTo(2);
            });
  }

  private static HardCase sharedFamily() {
    return HardCase.of(
            "two gauges that a mapping makes one family",
            side -> {
              gauge(side, "pool.main.active", 3);
              gauge(side, "pool.spare.active", 5);
            })
        .mapped("pool.*.active", "connections", Map.of("pool", "${0}"))
        .ours(
            "one family with labels",
            page -> {
              assertThat(page.value("connections{pool=\"main\"}")).isEqualTo(3);
              assertThat(page.value("connections{pool=\"spare\"}")).isEqualTo(5);
            });
  }

  private static HardCase sharedSeries() {
    return HardCase.of(
            "two gauges that a mapping makes one series",
            side -> {
              gauge(side, "queue.in.length", 3);
              gauge(side, "queue.out.length", 5);
            })
        .mapped("queue.*.length", "queued", Map.of())
        .ours(
            ONE_LEFT_OUT,
            page -> {
              assertThat(page.value("queued")).isEqualTo(3);
              assertThat(page.dropped("queue.out.length")).isEqualTo(1);
            });
  }

  private static HardCase sharedByKinds() {
    return HardCase.of(
            "a gauge and a histogram that a mapping makes one family",
            side -> {
              gauge(side, "desk.size", 3);
              side.metrics().histogram("desk.usage").update(7);
            })
        .mapped("desk.*", "desk", Map.of("part", "${0}"))
        .ours(
            ONE_LEFT_OUT,
            page -> {
              assertThat(page.value("desk{part=\"size\"}")).isEqualTo(3);
              assertThat(page.dropped("desk.usage")).isEqualTo(1);
            });
  }

  private static HardCase mappedMeter() {
    return HardCase.of(
            "a mapping that has the name of a meter",
            side -> side.metrics().meter("doors.front.opened").mark())
        .mapped("doors.*.opened", "door_opened", Map.of("door", "${0}"))
        .ours(
            "matches",
            page -> assertThat(page.value("door_opened_total{door=\"front\"}")).isEqualTo(1))
        .or(
            "does not rename it, because the name has `_total` behind there",
            page ->
                assertThat(page.value("doors_front_opened_total{door=\"front\"}")).isEqualTo(1));
  }

  private static HardCase declaredName() {
    return HardCase.of(
            "a meter `parcels` beside a declared family `parcels_total{size}`",
            side -> {
              side.countParcels();
              side.metrics().meter("parcels").mark(5);
            })
        .ours(
            "the family stays as declared; the meter is left out and counted",
            page -> {
              assertThat(parcels(page)).containsExactly("parcels_total{size=\"small\"}");
              assertThat(page.dropped("parcels")).isEqualTo(1);
            })
        .or(
            "the meter joins the family, without the label",
            page -> assertThat(page.value("parcels_total")).isEqualTo(5));
  }

  private static Set<String> parcels(Answer.Scraped page) {
    return page.page().samples().samples().keySet().stream()
        .filter(series -> series.startsWith("parcels"))
        .collect(Collectors.toSet());
  }
}
