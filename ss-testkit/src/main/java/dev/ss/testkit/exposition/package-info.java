/** The values on a metrics page. */
package dev.ss.testkit.exposition;
