package dev.ss.bench.load;

import java.util.Iterator;
import java.util.List;

/**
 * How long to measure.
 *
 * @param rounds how often all processes are started anew
 * @param pairs how often a round loads each variant
 * @param seconds the length of each load
 * @param warmUp the seconds of each load before a process is measured
 */
record Options(int rounds, int pairs, int seconds, int warmUp) {
  private static final Options FULL = new Options(2, 4, 3, 10);
  private static final Options QUICK = new Options(1, 2, 1, 2);

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException if it has an unknown option, or an option without its number
   */
  static Options of(List<String> arguments) {
    Options options = FULL;
    Iterator<String> words = arguments.iterator();
    while (words.hasNext()) {
      options = options.with(words.next(), words);
    }
    return options;
  }

  private Options with(String option, Iterator<String> words) {
    return switch (option) {
      case "--quick" -> QUICK;
      case "--rounds" -> new Options(number(option, words), pairs, seconds, warmUp);
      case "--pairs" -> new Options(rounds, number(option, words), seconds, warmUp);
      case "--seconds" -> new Options(rounds, pairs, number(option, words), warmUp);
      case "--warmup" -> new Options(rounds, pairs, seconds, number(option, words));
      default -> throw new IllegalArgumentException("unknown option " + option);
    };
  }

  private static int number(String option, Iterator<String> words) {
    String word = words.hasNext() ? words.next() : "";
    if (!word.matches("[1-9]\\d{0,5}")) {
      throw new IllegalArgumentException(option + " needs a whole number from 1");
    }
    return Integer.parseInt(word);
  }

  /** Returns how many pairs there are in all rounds. */
  int allPairs() {
    return rounds * pairs;
  }
}
