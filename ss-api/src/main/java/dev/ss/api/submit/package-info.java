/** From the bytes of a submission to a stored job, or to the reason why not. */
package dev.ss.api.submit;
