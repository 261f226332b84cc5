/**
 * The sections of config.yml, a file that both processes read as a whole. Each section validates
 * its values and creates the objects that they describe.
 */
@NullMarked
package dev.ss.config;

import org.jspecify.annotations.NullMarked;
