package dev.ss.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedHostsTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, localhost, true",
    "127.0.0.1, LocalHost, true",
    "127.0.0.1, localhost., true",
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, [::1], true",
    "127.0.0.1, ::1, true",
    "127.0.0.1, ss.example.org, true",
    "127.0.0.1, fd00::2, true",
    "127.0.0.1, evil.example, false",
    "127.0.0.1, localhost.evil.example, false",
    "127.0.0.1, 10.0.0.7, false",
    "10.0.0.7, 10.0.0.7, true",
    "10.0.0.7, 10.0.0.8, false",
    "fd00::1, [fd00::1], true",
    "0.0.0.0, 10.0.0.8, true",
    "0.0.0.0, [fd00::1], true",
    "'::', 10.0.0.8, true",
    "0.0.0.0, evil.example, false",
    "0.0.0.0, 10.0.0.8.evil.example, false",
    "0.0.0.0, '', false"
  })
  void aRequestNamesAHostThatIsOurs(String bindHost, String host, boolean allowed) {
    AllowedHosts hosts = new AllowedHosts(bindHost, List.of("SS.example.org", "fd00::2"));

    assertThat(hosts.allow(host)).isEqualTo(allowed);
  }
}
