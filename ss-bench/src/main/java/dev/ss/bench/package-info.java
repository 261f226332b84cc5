/** JMH benchmarks of the bridge beside its peers. */
package dev.ss.bench;
