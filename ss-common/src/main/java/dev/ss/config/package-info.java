/**
 * config.yml: one file, which both processes read whole. Each section checks its values and makes
 * the objects it describes.
 */
package dev.ss.config;
