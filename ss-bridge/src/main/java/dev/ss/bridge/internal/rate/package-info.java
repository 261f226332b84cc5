/** Updates Codahale's rates from one place, so that recording a value does not read a clock. */
@NullMarked
package dev.ss.bridge.internal.rate;

import org.jspecify.annotations.NullMarked;
