/**
 * Reads metrics pages as strictly as their formats are specified. What a lenient scraper accepts is
 * an error here, with its line and its reason.
 *
 * <p>The reader is stricter than the specifications where our writers do not need what they allow:
 * a sample without a TYPE, the same series twice at different times, a backslash that escapes
 * nothing, and in text 0.0.4 more than one blank between two tokens or a comma after the last
 * label. It accepts names that begin with an underscore, although OpenMetrics reserves them: the
 * bridge puts an underscore in front of a name that begins with a digit.
 */
package dev.ss.bridge.strict;
