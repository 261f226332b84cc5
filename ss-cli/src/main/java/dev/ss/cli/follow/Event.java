package dev.ss.cli.follow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A server-sent event.
 *
 * @param id where to go on after it; empty if it has none
 * @param data its JSON
 */
record Event(String name, Optional<String> id, JsonNode data) {}
