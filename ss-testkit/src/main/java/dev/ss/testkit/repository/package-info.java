/** The repository's own files. */
@NullMarked
package dev.ss.testkit.repository;

import org.jspecify.annotations.NullMarked;
