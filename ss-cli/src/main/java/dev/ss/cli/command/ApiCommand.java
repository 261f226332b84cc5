package dev.ss.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ss.cli.api.Api;
import dev.ss.cli.api.ExitCode;
import dev.ss.cli.api.Failure;
import dev.ss.cli.text.Times;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command that asks an API. */
abstract class ApiCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DEFAULT_URL = "http://localhost:8000";

  final Context context;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "the SS to talk to; default: $$SS_URL, or " + DEFAULT_URL)
  private @Nullable String url;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "a file with the token to send; default: $$SS_TOKEN")
  private @Nullable Path tokenFile;

  ApiCommand(Context context) {
    this.context = context;
  }

  final Api api() {
    return new Api(server(), token());
  }

  private URI server() {
    String text = Optional.ofNullable(url).or(() -> variable("SS_URL")).orElse(DEFAULT_URL);
    try {
      URI server = URI.create(text);
      if (("http".equals(server.getScheme()) || "https".equals(server.getScheme()))
          && server.getHost() != null) {
        return server;
      }
    } catch (IllegalArgumentException e) {
      // refused below
    }
    throw usage("\"%s\" is no URL of an SS; write one such as %s.".formatted(text, DEFAULT_URL));
  }

  private Optional<String> token() {
    return tokenFile == null ? variable("SS_TOKEN") : Optional.of(read(tokenFile));
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(context.environment().get(name))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new Failure(ExitCode.FILE, "cannot read the token in %s.".formatted(file));
    }
  }

  /** Says what is wrong with the command line. */
  static Failure usage(String message) {
    return new Failure(ExitCode.USAGE, message);
  }

  final Times times() {
    return new Times(context.clock());
  }

  /** Reads a time of the command line; null if there is none. */
  static @Nullable Instant time(@Nullable String text, Function<String, Instant> reading) {
    try {
      return text == null ? null : reading.apply(text);
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  /** Writes text that is safe already. */
  final void print(String text) {
    context.out().print(text);
    context.out().flush();
  }

  /** Writes JSON: for a person in many lines, for a program in one. */
  final void printJson(JsonNode json) {
    try {
      String text =
          context.terminal().out()
              ? JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json)
              : JSON.writeValueAsString(json);
      write((text + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes bytes that others chose. */
  final void write(byte[] bytes) {
    try {
      context.data().write(bytes);
      context.data().flush();
    } catch (IOException e) {
      throw new Failure(ExitCode.FILE, "cannot write the output: " + e.getMessage());
    }
  }
}
