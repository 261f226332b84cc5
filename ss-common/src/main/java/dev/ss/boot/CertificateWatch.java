package dev.ss.boot;

import io.dropwizard.jetty.SslReload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads a connector's certificate again when its files change, so that a renewal needs no restart.
 * If the new files cannot be loaded, the certificate from before stays in use.
 */
final class CertificateWatch implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);

  private final SslReload certificate;
  private final List<Path> files;
  private final String key;
  private List<String> seen;

  /**
   * @param key the connector's key in config.yml
   */
  CertificateWatch(SslReload certificate, List<Path> files, String key) {
    this.certificate = certificate;
    this.files = files;
    this.key = key;
    this.seen = states();
  }

  @Override
  public void run() {
    List<String> now = states();
    if (!now.equals(seen)) {
      seen = now;
      load();
    }
  }

  private void load() {
    try {
      // A reload that fails would leave the connector without any certificate.
      certificate.reloadDryRun();
      certificate.reload();
      LOG.info("{}: the new certificates are in use.", key);
    } catch (Exception e) {
      LOG.error(
          "{}.keyStorePath or {}.trustStorePath: cannot load the new certificates;"
              + " the old ones stay in use: {}",
          key,
          key,
          Connectors.rootMessage(e));
    }
  }

  private List<String> states() {
    return files.stream().map(CertificateWatch::state).toList();
  }

  /** What differs when a file has been written or replaced. */
  private static String state(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return found.lastModifiedTime() + " " + found.size() + " " + found.fileKey();
    } catch (IOException e) {
      return "not there";
    }
  }
}
