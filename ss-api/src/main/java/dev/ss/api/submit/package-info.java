/** Turns the bytes of a submission into a stored job, or into a refusal with its reason. */
package dev.ss.api.submit;
