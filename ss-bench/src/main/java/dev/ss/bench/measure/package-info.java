/** What all benches share: samples, tables, and what is known of the machine. */
package dev.ss.bench.measure;
