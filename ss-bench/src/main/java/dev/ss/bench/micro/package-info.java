/** JMH suites of recording, scraping and retaining histograms, compared with other libraries. */
package dev.ss.bench.micro;
