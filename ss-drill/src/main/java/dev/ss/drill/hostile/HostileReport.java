package dev.ss.drill.hostile;

import dev.ss.drill.hostile.HonestClients.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * How one attack went.
 *
 * @param heapMegabytes the API's heap afterwards, without garbage
 */
record HostileReport(
    Attack attack,
    int clients,
    Map<Kind, Times> times,
    double heapMegabytes,
    List<String> findings) {
  static final List<String> COLUMNS =
      List.of(
          "attack",
          "what the crowd does",
          "submit",
          "status",
          "health",
          "metrics",
          "not served",
          "heap afterwards",
          "verdict");

  boolean isGood() {
    return findings.isEmpty();
  }

  List<String> cells() {
    List<String> cells = new ArrayList<>(List.of("`" + attack.name() + "`", attack.what()));
    for (Kind kind : Kind.values()) {
      cells.add(
          String.format(
              Locale.ROOT, "%.0f ms", Objects.requireNonNull(times.get(kind)).p99() * 1000));
    }
    int failed = times.values().stream().mapToInt(Times::failed).sum();
    int all = times.values().stream().mapToInt(Times::count).sum();
    cells.add("%d of %d".formatted(failed, all));
    cells.add(String.format(Locale.ROOT, "%.0f MB", heapMegabytes));
    cells.add(isGood() ? "good" : "FAILED: " + String.join("; ", findings));
    return cells;
  }
}
