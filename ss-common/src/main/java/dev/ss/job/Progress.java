package dev.ss.job;

import java.util.Optional;

/**
 * How far a running command says that it is.
 *
 * @param fraction from 0 to 1
 * @param message what it is doing, without control characters
 */
public record Progress(double fraction, Optional<String> message) {}
