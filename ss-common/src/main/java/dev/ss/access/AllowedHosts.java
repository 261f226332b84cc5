package dev.ss.access;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The hosts that a request's {@code Host} header may name: localhost, the address that the process
 * listens on, and those of {@code access.allowedHosts}. A page of another site whose name an
 * attacker has pointed at this machine (DNS rebinding) sends its own name, and is refused.
 *
 * <p>If the process listens on all addresses, a request may name any address: an address cannot be
 * rebound.
 */
public final class AllowedHosts {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::", "[::]", "");
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+]");

  private final Set<String> names = new HashSet<>(LOOPBACK);
  private final boolean everyAddress;

  /**
   * @param bindHost the address that the process listens on
   * @param configured further hosts
   */
  public AllowedHosts(String bindHost, Collection<String> configured) {
    everyAddress = WILDCARDS.contains(bindHost);
    names.add(bracketed(bindHost));
    configured.forEach(name -> names.add(bracketed(name)));
  }

  /** Returns whether a request may name this host, which has no port. */
  boolean allow(String host) {
    String name = bracketed(host);
    return names.contains(name) || (everyAddress && ADDRESS.matcher(name).matches());
  }

  /** Lower case, an IPv6 address in brackets, without the dot of a fully qualified name. */
  private static String bracketed(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.indexOf(':') >= 0 && !name.startsWith("[")) {
      return "[" + name + "]";
    }
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
