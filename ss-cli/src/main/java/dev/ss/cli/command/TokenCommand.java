package dev.ss.cli.command;

import dev.ss.cli.api.ExitCode;
import dev.ss.cli.api.Failure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ss token}. */
@Command(
    name = "token",
    description = {
      "Make a token, and the line for the file of access.tokensFile, which keeps only its hash.",
      "Asks no API."
    })
public final class TokenCommand implements Callable<Integer> {
  private static final String PREFIX = "ss_";
  private static final int RANDOM_BYTES = 32;
  private static final Set<String> PERMISSIONS = Set.of("scrape", "read", "submit", "operate");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern JOB_TYPE = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  private final Context context;

  @Parameters(
      paramLabel = "NAME",
      description = "who will hold the token; jobs and the audit log keep the name")
  private String name = "";

  @Option(
      names = "--allow",
      required = true,
      split = ",",
      paramLabel = "PERMISSION",
      description = "what the token allows: scrape, read, submit, operate, separated by commas")
  private List<String> allow = List.of();

  @Option(
      names = "--job-types",
      split = ",",
      paramLabel = "TYPE",
      description = "the only job types that the token is for, separated by commas")
  private List<String> jobTypes = List.of();

  public TokenCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    require(
        NAME.matcher(name).matches(),
        "a name has letters, digits, dots, hyphens and underscores, at most 64.");
    require(PERMISSIONS.containsAll(allow), "--allow takes scrape, read, submit and operate.");
    require(
        jobTypes.stream().allMatch(JOB_TYPE.asMatchPredicate()),
        "--job-types takes names of job types.");
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    String token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    String types =
        jobTypes.isEmpty() ? "" : ", jobTypes: [%s]".formatted(String.join(", ", jobTypes));
    context
        .err()
        .println("The token, which SS does not keep, and its line for the file of tokens:");
    context.err().flush();
    context
        .out()
        .printf(
            "%s\n  - {name: %s, sha256: %s, allow: [%s]%s}\n",
            token, name, sha256(token), String.join(", ", allow), types);
    context.out().flush();
    return ExitCode.OK;
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new Failure(ExitCode.USAGE, otherwise);
    }
  }

  private static String sha256(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
