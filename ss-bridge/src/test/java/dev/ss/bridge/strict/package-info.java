/**
 * Reads pages of metrics as strictly as their formats are specified: what a lenient scraper would
 * forgive is an error here, with its line and its reason.
 *
 * <p>It is stricter than the specifications where they allow what no writer of ours has a use for:
 * a sample without a TYPE, a series twice at different times, a backslash that escapes nothing, and
 * in text 0.0.4 more than one blank between two tokens or a comma behind the last label. It allows
 * names that begin with an underscore, which OpenMetrics reserves: a metric's name may begin with a
 * digit, and there has to be something before that.
 */
package dev.ss.bridge.strict;
