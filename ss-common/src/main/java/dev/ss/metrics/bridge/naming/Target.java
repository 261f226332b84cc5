package dev.ss.metrics.bridge.naming;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a metric goes.
 *
 * @param name of the family, without the ending its kind gives it
 * @param help which is the same in every run
 */
public record Target(String name, SortedMap<String, String> labels, String help) {
  static Target byRule(String metric) {
    return new Target(Names.snakeCase(metric), new TreeMap<>(), "Dropwizard metric " + metric);
  }
}
