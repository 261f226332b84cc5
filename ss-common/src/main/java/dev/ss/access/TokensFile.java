package dev.ss.access;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.ss.access.Tokens.HashedToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the file of tokens:
 *
 * <pre>{@code
 * tokens:
 *   - {name: prometheus, sha256: 9f86d0…, allow: [scrape]}
 *   - {name: ci, sha256: 2c26b4…, allow: [submit, read], jobTypes: [word-count]}
 * }</pre>
 *
 * <p>Its error messages name the place and the key, and never quote a value, which may be a token
 * in the wrong place.
 */
final class TokensFile {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final String NAME_MEANING =
      "must be 1 to 64 of A-Z a-z 0-9 . _ - and begin with a letter or digit";
  private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

  private static final ObjectReader READER =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
          .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
          .build()
          .readerFor(Document.class);

  private TokensFile() {}

  private record Document(@Nullable List<@Nullable Entry> tokens) {}

  private record Entry(
      @Nullable String name,
      @Nullable String sha256,
      @Nullable List<@Nullable String> allow,
      @Nullable List<@Nullable String> jobTypes) {}

  /** The file cannot be used. The message says where it is wrong and what would be right. */
  static final class InvalidTokensException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidTokensException(String message) {
      super(message);
    }
  }

  /**
   * Reads the tokens.
   *
   * @throws InvalidTokensException if the bytes are not a valid file of tokens
   */
  static Tokens parse(byte[] yaml) throws InvalidTokensException {
    Document document = document(yaml);
    if (document == null || document.tokens() == null || document.tokens().isEmpty()) {
      throw new InvalidTokensException("tokens: the file has none; list at least one");
    }
    List<HashedToken> tokens = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Set<String> hashes = new HashSet<>();
    for (int i = 0; i < document.tokens().size(); i++) {
      String place = "tokens[" + i + "]";
      HashedToken token = token(place, document.tokens().get(i));
      require(names.add(token.caller().getName()), place + ".name", "another token has this name");
      require(hashes.add(token.sha256()), place + ".sha256", "another token has this hash");
      tokens.add(token);
    }
    return new Tokens(tokens);
  }

  private static Document document(byte[] yaml) throws InvalidTokensException {
    try {
      return READER.readValue(yaml);
    } catch (UnrecognizedPropertyException e) {
      throw new InvalidTokensException(
          path(e) + ": unknown key; a token has name, sha256, allow and jobTypes");
    } catch (JsonMappingException e) {
      throw e.getCause() instanceof JsonParseException malformed
          ? malformed(malformed)
          : new InvalidTokensException(
              e.getPath().isEmpty()
                  ? "the file must have the key tokens, with a list"
                  : path(e) + ": has the wrong type");
    } catch (JsonProcessingException e) {
      throw malformed(e);
    } catch (IOException e) {
      throw new IllegalStateException("Reading bytes in memory cannot fail", e);
    }
  }

  private static InvalidTokensException malformed(JsonProcessingException e) {
    return new InvalidTokensException(
        "malformed YAML at line %d, column %d"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
  }

  private static HashedToken token(String place, @Nullable Entry entry)
      throws InvalidTokensException {
    if (entry == null) {
      throw new InvalidTokensException(place + ": is empty");
    }
    return new HashedToken(
        matching(
                SHA256,
                entry.sha256(),
                place + ".sha256",
                "must be the SHA-256 hash of the token, 64 hexadecimal digits")
            .toLowerCase(Locale.ROOT),
        new Caller(
            Optional.of(matching(NAME, entry.name(), place + ".name", NAME_MEANING)),
            permissions(place + ".allow", entry.allow()),
            jobTypes(place + ".jobTypes", entry.jobTypes())));
  }

  private static String matching(
      Pattern pattern, @Nullable String text, String place, String otherwise)
      throws InvalidTokensException {
    if (text == null || !pattern.matcher(text).matches()) {
      throw new InvalidTokensException(place + ": " + otherwise);
    }
    return text;
  }

  private static Set<Permission> permissions(String place, @Nullable List<@Nullable String> names)
      throws InvalidTokensException {
    if (names == null || names.isEmpty()) {
      throw new InvalidTokensException(
          place + ": is empty; list one of scrape, read, submit and operate");
    }
    Set<Permission> permissions = EnumSet.noneOf(Permission.class);
    for (String name : names) {
      permissions.add(
          Optional.ofNullable(name)
              .flatMap(Permission::ofWireName)
              .orElseThrow(
                  () ->
                      new InvalidTokensException(
                          place + ": must be of scrape, read, submit and operate")));
    }
    return permissions;
  }

  private static Optional<Set<String>> jobTypes(
      String place, @Nullable List<@Nullable String> names) throws InvalidTokensException {
    if (names == null) {
      return Optional.empty();
    }
    Set<String> jobTypes = names.stream().flatMap(Stream::ofNullable).collect(Collectors.toSet());
    require(!jobTypes.isEmpty(), place, "names no job type; leave it out to allow all");
    return Optional.of(jobTypes);
  }

  private static void require(boolean holds, String place, String otherwise)
      throws InvalidTokensException {
    if (!holds) {
      throw new InvalidTokensException(place + ": " + otherwise);
    }
  }

  /** The place in the file, such as {@code tokens[1].allow}. */
  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }
}
