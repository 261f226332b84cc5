package dev.ss.bridge;

import java.util.List;

/** Texts and numbers that break careless writers. */
final class Hostile {
  /** 100 kB of characters that need escaping. */
  static final String HUGE = "x\"\\\n".repeat(25_000);

  static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\"",
          "\\",
          "\\\\",
          "\n",
          "\\n",
          "\r",
          "\r\n",
          "\t",
          "\0",
          "?",
          "\uD83D", // half of a pair
          "\uDE00a",
          "\uDE00\uD83D",
          "\uD83D\uDE00",
          "\uFEFF",
          "\u2028",
          "\u0661",
          "größe",
          "# EOF",
          "\n# EOF\n",
          "{a=\"b\"}",
          "\"} 1 # {trace_id=\"",
          "a,b=",
          "}",
          "NaN",
          "+Inf");

  static final List<Double> NUMBERS =
      List.of(
          Double.NaN,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          0.0,
          -0.0,
          1.0,
          -1.0,
          Double.MIN_VALUE,
          -Double.MIN_VALUE,
          Math.nextDown(Double.MIN_NORMAL),
          Double.MIN_NORMAL,
          Double.MAX_VALUE,
          -Double.MAX_VALUE,
          Math.nextDown(1e7),
          1e7,
          1e15 - 0.125,
          1e15,
          1e15 + 0.125,
          0.1 + 0.2,
          1e-3,
          Math.nextDown(1e-3),
          0x1p53,
          0x1p53 - 1,
          Math.nextDown(0x1p63),
          0x1p63,
          -0x1p63);

  static final List<Long> WHOLE_NUMBERS =
      List.of(
          Long.MIN_VALUE,
          -1L,
          0L,
          1L,
          9_999_999L,
          10_000_000L,
          1L << 53,
          (1L << 53) + 1,
          Long.MAX_VALUE - 1,
          Long.MAX_VALUE);

  private Hostile() {}
}
