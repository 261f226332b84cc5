/** JMH suites of recording, scraping and holding histograms, beside the peers. */
package dev.ss.bench.micro;
