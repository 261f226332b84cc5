/**
 * What Prometheus gets to see: families and their series, what others register as families, and a
 * scrape of them all. What is somebody else's code is read here without hanging or throwing.
 */
package dev.ss.bridge.internal.export;
