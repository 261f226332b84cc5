/** The values on a metrics page. */
@NullMarked
package dev.ss.testkit.exposition;

import org.jspecify.annotations.NullMarked;
