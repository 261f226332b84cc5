/**
 * A Dropwizard application that is not SS, with the bridge in it, and what Prometheus gets to see
 * of it.
 */
package dev.ss.bridge.app;
