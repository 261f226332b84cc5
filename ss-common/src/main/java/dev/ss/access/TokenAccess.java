package dev.ss.access;

import dev.ss.access.TokensFile.InvalidTokensException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Identifies senders by the tokens of a file. {@link #refresh} reads the file again; a file that
 * has become unreadable or invalid changes nothing.
 */
public final class TokenAccess implements Access {
  private static final Logger LOG = LoggerFactory.getLogger(TokenAccess.class);
  private static final int MAX_BYTES = 1 << 20;

  private final Path file;
  private volatile Tokens tokens;
  private byte[] content;

  /**
   * Reads the file.
   *
   * @throws IOException if it cannot be read; the message says why
   * @throws IllegalArgumentException if it is invalid; the message says where and why
   */
  public TokenAccess(Path file) throws IOException {
    this.file = file;
    this.content = read(file);
    try {
      this.tokens = TokensFile.parse(content);
    } catch (InvalidTokensException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public Identity identify(Optional<String> authorization) {
    Optional<String> token = authorization.flatMap(Credentials::token);
    if (token.isEmpty()) {
      return new Identity.Unknown(DenialReason.NO_TOKEN);
    }
    return tokens
        .callerWith(token.get())
        .<Identity>map(Identity.Known::new)
        .orElseGet(() -> new Identity.Unknown(DenialReason.BAD_TOKEN));
  }

  /** Reads the file if its content has changed. Logs the outcome of each change once. */
  public synchronized void refresh() {
    byte[] now;
    try {
      now = read(file);
    } catch (IOException e) {
      keep(new byte[0], "cannot be read: " + e.getMessage());
      return;
    }
    if (Arrays.equals(now, content)) {
      return;
    }
    try {
      tokens = TokensFile.parse(now);
      content = now;
      LOG.info("Read the changed file of tokens; it has {}.", tokens.count());
    } catch (InvalidTokensException e) {
      keep(now, "is invalid: " + e.getMessage());
    }
  }

  private void keep(byte[] seen, String why) {
    if (!Arrays.equals(seen, content)) {
      LOG.error("The changed file of tokens {}; the tokens read before remain in use.", why);
      content = seen;
    }
  }

  private static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException("it is larger than " + MAX_BYTES + " bytes");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw new IOException("there is no such file", e);
    } catch (AccessDeniedException e) {
      throw new IOException("this user may not read it", e);
    }
  }
}
