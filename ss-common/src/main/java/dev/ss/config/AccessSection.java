package dev.ss.config;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.dropwizard.validation.ValidationMethod;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;

/** Configures who may use the two processes. */
public record AccessSection(
    @Meaning(
            value =
                "the file of tokens ([deploy.md](deploy.md)). A request then needs a token that "
                    + "allows it. SS reads the file again when it changes",
            defaultText = "none")
        String tokensFile,
    @Meaning(
            "whether everyone who can reach the process may do everything. Without "
                + "`tokensFile`, a process that listens beyond this machine starts only with `true`")
        Boolean open,
    @Meaning(
            value =
                "the hosts that a request's `Host` header may name, beside localhost and the bound "
                    + "address, as a list or separated by commas. SS answers others with 421",
            defaultText = "none; any IP address if the bound address is a wildcard")
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> allowedHosts) {

  /** Replaces missing values with their defaults. */
  @NullUnmarked
  public AccessSection {
    tokensFile = Objects.requireNonNullElse(tokensFile, "").strip();
    open = Objects.requireNonNullElse(open, false);
    allowedHosts = allowedHosts == null ? List.of() : NameList.of(allowedHosts);
  }

  static AccessSection defaults() {
    return new AccessSection(null, null, null);
  }

  /** The file of tokens; empty if SS runs without tokens. */
  public Optional<Path> tokens() {
    return tokensFile.isEmpty() ? Optional.empty() : Optional.of(Path.of(tokensFile));
  }

  /** Refuses a section that asks for tokens and for none. */
  @ValidationMethod(message = "must not be open: true, because access.tokensFile is set")
  public boolean isUnambiguous() {
    return !(open && tokens().isPresent());
  }
}
