/**
 * What is hard for a bridge, in one Dropwizard application that this library and the stock bridge
 * serve beside each other. It runs with Dropwizard 5, and from this module's test jar with 4.
 */
package dev.ss.bridge.hard;
