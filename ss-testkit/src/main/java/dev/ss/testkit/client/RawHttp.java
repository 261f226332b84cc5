package dev.ss.testkit.client;

import dev.ss.testkit.contract.Contract;
import dev.ss.testkit.contract.Exchange;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A client that sends whatever bytes it is told to, which a proper client would refuse. */
public final class RawHttp {
  private static final int BOUND_AGAINST_HANGING_MILLIS = 60_000;

  private final int port;
  private final Optional<Contract> contract;

  /** Makes a client of this loopback port. */
  public RawHttp(int port) {
    this(port, Optional.empty());
  }

  private RawHttp(int port, Optional<Contract> contract) {
    this.port = port;
    this.contract = contract;
  }

  /** Makes a client of the API on this loopback port, which holds every answer to its contract. */
  public static RawHttp ofApi(int port) {
    return new RawHttp(port, Optional.of(Contract.ofSs()));
  }

  /** A request without a body, its target sent as it is. */
  public Answer request(String method, String target, String... headerLines) {
    return send(head(method + " " + target + " HTTP/1.1", headerLines));
  }

  /** A request's head, with the Host it needs. */
  public static String head(String requestLine, String... headerLines) {
    List<String> lines = new ArrayList<>(List.of(requestLine, "Host: localhost"));
    lines.addAll(List.of(headerLines));
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  public Answer send(String request) {
    return send(request.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends these bytes and nothing after them, and reads one answer. */
  public Answer send(byte[] request) {
    try (Socket socket = open()) {
      socket.getOutputStream().write(request);
      Answer answer = read(socket.getInputStream());
      contract.ifPresent(kept -> kept.check(exchange(request, answer)));
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Exchange exchange(byte[] request, Answer answer) {
    String[] line =
        new String(request, StandardCharsets.ISO_8859_1).split("\r?\n", 2)[0].split(" ", -1);
    return line.length == 3 ? answer.to(line[0], line[1]) : answer.to("", "");
  }

  /** A connection, to be closed by the caller. */
  public Socket open() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(BOUND_AGAINST_HANGING_MILLIS);
    return socket;
  }

  /** Reads one answer that says how long its body is, or ends with the connection. */
  public static Answer read(InputStream in) throws IOException {
    String[] head = readHead(in).split("\r\n", -1);
    Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 1; i < head.length; i++) {
      int colon = head[i].indexOf(':');
      fields
          .computeIfAbsent(head[i].substring(0, colon), name -> new ArrayList<>())
          .add(head[i].substring(colon + 1).strip());
    }
    HttpHeaders headers = HttpHeaders.of(fields, (name, value) -> true);
    long length = headers.firstValueAsLong("Content-Length").orElse(Integer.MAX_VALUE);
    return new Answer(
        Integer.parseInt(head[0].substring(9, 12)), headers, in.readNBytes((int) length));
  }

  private static String readHead(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("closed after " + head.size() + " bytes");
      }
      head.write(next);
    }
    String text = head.toString(StandardCharsets.ISO_8859_1);
    return text.substring(0, text.length() - 4);
  }
}
