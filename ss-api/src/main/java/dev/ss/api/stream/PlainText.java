package dev.ss.api.stream;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The bytes themselves; in a log, with a line before each later attempt. */
final class PlainText implements FollowContent.Encoding {
  private final boolean isLog;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private boolean isFirst = true;
  private boolean isAtLineStart = true;

  PlainText(boolean isLog) {
    this.isLog = isLog;
  }

  @Override
  public void began(FollowEvent.Began event) {
    if (isLog && !isFirst) {
      String line = "--- SS: attempt %d ---\n".formatted(event.attempt());
      add(((isAtLineStart ? "" : "\n") + line).getBytes(StandardCharsets.UTF_8));
    }
    isFirst = false;
  }

  @Override
  public void bytes(FollowEvent.Bytes event) {
    isFirst = false;
    add(event.bytes());
  }

  @Override
  public void gap(FollowEvent.Gap event) {
    if (isLog) {
      add(Streams.leftOut(event.to() - event.from()));
    }
  }

  @Override
  public void progress(FollowEvent.Progress event) {
    // Only server-sent events can tell it from what the command wrote.
  }

  @Override
  public void ended(FollowEvent.Ended event) {
    // The end of the response says it.
  }

  private void add(byte[] bytes) {
    out.writeBytes(bytes);
    if (bytes.length > 0) {
      isAtLineStart = bytes[bytes.length - 1] == '\n';
    }
  }

  @Override
  public byte[] take() {
    byte[] taken = out.toByteArray();
    out.reset();
    return taken;
  }

  @Override
  public byte[] keepAlive() {
    return new byte[0];
  }
}
