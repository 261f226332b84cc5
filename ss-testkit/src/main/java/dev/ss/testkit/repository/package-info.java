/** The repository's own files. */
package dev.ss.testkit.repository;
