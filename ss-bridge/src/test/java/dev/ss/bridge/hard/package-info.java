/**
 * Hard cases for a bridge, in one Dropwizard application that ss-bridge and the stock bridge serve
 * side by side. The tests run with Dropwizard 5, and from this module's test jar with Dropwizard 4.
 */
package dev.ss.bridge.hard;
