package dev.ss.bridge.internal.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is packed is what Java's own reader unpacks, page after page. */
class GzipTest {
  private static final int MORE_THAN_A_PAGE_HAS_AT_FIRST = 1 << 20;

  private final Gzip gzip = new Gzip();
  private final ExpositionBuffer plain = new ExpositionBuffer();
  private final ExpositionBuffer packed = new ExpositionBuffer();

  private byte[] packAndUnpack(byte[] bytes) throws IOException {
    plain.clear();
    plain.write(bytes);
    packed.clear();
    gzip.pack(plain, packed);
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    packed.sendTo(sent);
    try (GZIPInputStream unpacked =
        new GZIPInputStream(new ByteArrayInputStream(sent.toByteArray()))) {
      return unpacked.readAllBytes();
    }
  }

  @Property
  void anyBytes(@ForAll byte[] one, @ForAll byte[] other) throws IOException {
    assertThat(packAndUnpack(one)).isEqualTo(one);
    assertThat(packAndUnpack(other)).isEqualTo(other);
  }

  @Example
  void manyBytesThatCannotBePacked() throws IOException {
    byte[] noise = new byte[MORE_THAN_A_PAGE_HAS_AT_FIRST];
    new Random(1).nextBytes(noise);

    assertThat(packAndUnpack(noise)).isEqualTo(noise);
    assertThat(packAndUnpack(new byte[1])).isEqualTo(new byte[1]);
  }
}
