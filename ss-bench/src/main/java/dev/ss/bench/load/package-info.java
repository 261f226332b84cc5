/**
 * Measures the API's HTTP throughput with metrics, without them, and with Micrometer's.
 *
 * <p>Reading order: {@link dev.ss.bench.load.LoadBench} starts each {@link
 * dev.ss.bench.load.Variant} as a {@link dev.ss.bench.load.LoadedApi}, lets {@link
 * dev.ss.bench.load.Wrk} load it, and prints a {@link dev.ss.bench.load.Comparison}.
 */
package dev.ss.bench.load;
