package dev.ss.api.access;

import dev.ss.access.Access;
import dev.ss.access.AccessMetrics;
import dev.ss.access.Caller;
import io.dropwizard.auth.AuthDynamicFeature;
import io.dropwizard.auth.AuthValueFactoryProvider;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import org.glassfish.jersey.server.filter.RolesAllowedDynamicFeature;

/**
 * Lets a request reach a resource method only if its sender has the permission that the method's
 * {@link jakarta.annotation.security.RolesAllowed} names, and passes the sender on as {@code @Auth
 * Caller}.
 */
public final class RouteAccess implements Feature {
  private final TokenFilter filter;

  /**
   * @param metrics counts the requests without a valid token
   */
  public RouteAccess(Access access, AccessMetrics metrics) {
    this.filter = TokenFilter.of(access, metrics);
  }

  @Override
  public boolean configure(FeatureContext jersey) {
    jersey.register(new AuthDynamicFeature(filter));
    jersey.register(RolesAllowedDynamicFeature.class);
    jersey.register(new AuthValueFactoryProvider.Binder<>(Caller.class));
    return true;
  }
}
