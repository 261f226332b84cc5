package dev.ss.api.metrics;

/** The route of a request: a template such as {@code /v1/jobs/{job_id}}, never a path. */
public final class Route {
  /** The route of a request that matches none of the application's routes. */
  public static final Route UNMATCHED = new Route("unmatched");

  private final String template;

  private Route(String template) {
    this.template = template;
  }

  /**
   * Returns a route of the application.
   *
   * @param template as the application declares it; the caller guarantees that no client chose it
   */
  public static Route ofTemplate(String template) {
    return new Route(template);
  }

  public String template() {
    return template;
  }
}
