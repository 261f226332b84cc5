/** Turns the bytes of a submission into a stored job, or into a refusal with its reason. */
@NullMarked
package dev.ss.api.submit;

import org.jspecify.annotations.NullMarked;
