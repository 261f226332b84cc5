package dev.ss.metrics;

/** The route of a request: a template such as {@code /v1/jobs/{job_id}}, never a path. */
public final class Route {
  /** No route of this application matches. */
  public static final Route UNMATCHED = new Route("unmatched");

  private final String template;

  private Route(String template) {
    this.template = template;
  }

  /**
   * A route of the application.
   *
   * @param template as the application declares it; the caller vouches that no client chose it
   */
  public static Route ofTemplate(String template) {
    return new Route(template);
  }

  /** The template. */
  public String template() {
    return template;
  }
}
