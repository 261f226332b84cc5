/**
 * The sections of config.yml, a file that both processes read as a whole. Each section validates
 * its values and creates the objects that they describe.
 */
package dev.ss.config;
