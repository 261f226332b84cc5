package dev.ss.api.submit;

import dev.ss.access.Caller;
import dev.ss.job.TraceParent;
import java.util.Optional;

/**
 * Where a submission comes from.
 *
 * @param caller who sent it
 * @param traceParent the W3C trace context of the request
 */
public record Origin(Caller caller, Optional<TraceParent> traceParent) {}
