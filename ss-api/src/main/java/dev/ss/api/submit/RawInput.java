package dev.ss.api.submit;

import dev.ss.job.JobInput;
import java.util.Optional;
import java.util.UUID;

/**
 * An input that a client has sent as the body of its request.
 *
 * @param uploadId the upload that has the rest of it, if the first part is not all of it
 * @param sha256 the SHA-256 of all of it, in hexadecimal
 */
public record RawInput(JobInput input, Optional<UUID> uploadId, String sha256) {}
