package dev.ss.access;

import dev.ss.access.TokensFile.InvalidTokensException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells who sent a request and whether they may send it, by the file of tokens. {@link #refresh}
 * reads the file again; a file that has become unreadable or invalid changes nothing. Thread-safe.
 */
public final class TokenAccess {
  private static final Logger LOG = LoggerFactory.getLogger(TokenAccess.class);
  private static final int MAX_BYTES = 1 << 20;

  private final Path file;
  private volatile Tokens tokens;
  private byte[] content;

  /**
   * Reads the file.
   *
   * @throws IOException if it cannot be read
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

  /**
   * Decides on a request.
   *
   * @param authorization the value of its {@code Authorization} header, if it has one
   */
  public Admission admit(Optional<String> authorization, Permission needed) {
    Optional<String> token = authorization.flatMap(Credentials::token);
    if (token.isEmpty()) {
      return new Admission.Unknown(DenialReason.NO_TOKEN);
    }
    Optional<Caller> caller = tokens.callerWith(token.get());
    if (caller.isEmpty()) {
      return new Admission.Unknown(DenialReason.BAD_TOKEN);
    }
    return caller.get().may(needed)
        ? new Admission.Granted(caller.get())
        : new Admission.Forbidden(caller.get(), needed);
  }

  /** Reads the file if its content has changed. Logs the outcome of each change once. */
  public synchronized void refresh() {
    byte[] now;
    try {
      now = read(file);
    } catch (IOException e) {
      keep(new byte[0], "cannot be read (" + e.getClass().getSimpleName() + ")");
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
        throw new IOException("larger than " + MAX_BYTES + " bytes");
      }
      return bytes;
    }
  }
}
