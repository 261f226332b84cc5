package dev.ss.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.api.support.ApiServerExtension;
import dev.ss.testkit.client.RawHttp;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request that is refused anyway is refused at once, and not when its body has come. */
class UnreadBodiesTest {
  private static final String SHA256_OF_READER =
      "3d0941964aa3ebdcb00ccef58b1bb399f9f898465e9886d5aec7f31090a0fb30";

  @RegisterExtension
  static final ApiServerExtension API =
      ApiServerExtension.withTokens(
          List.of("- {name: reader, sha256: %s, allow: [read]}".formatted(SHA256_OF_READER)));

  @ParameterizedTest
  @CsvSource({
    "POST, /v1/jobs,          x,                     401",
    "POST, /v1/jobs,          Authorization: Basic y, 401",
    "POST, /v1/jobs,          Authorization: Bearer reader, 403",
    "POST, /v1/jobs/batch,    Authorization: Bearer reader, 403",
    "PUT,  /v1/jobs,          x,                     405",
    "POST, /nowhere,          x,                     404"
  })
  void itsBodyIsNotWaitedFor(String method, String path, String header, int status) {
    assertThat(
            API.raw()
                .send(
                    RawHttp.head(
                        "%s %s HTTP/1.1".formatted(method, path),
                        header.equals("x") ? "X: y" : header,
                        "Content-Type: application/json",
                        "Content-Length: 1000"))
                .status())
        .isEqualTo(status);
  }
}
