/** Updates Codahale's rates from one place, so that recording a value does not read a clock. */
package dev.ss.bridge.internal.rate;
