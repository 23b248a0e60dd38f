package io.github.mcpauth.it.equal;

import io.github.mcpauth.it.equal.GeneratedCall.Content;
import io.github.mcpauth.it.equal.GeneratedCall.End;
import io.github.mcpauth.it.equal.GeneratedCall.Protocol;
import io.github.mcpauth.it.equal.GeneratedCall.Shape;
import io.github.mcpauth.it.equal.Reply.Fault;
import io.github.mcpauth.it.equal.Reply.Framing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Makes a call out of a seed, always the same one. */
final class Generator {

  private static final int SMALL = 40;
  private static final int LARGE = 20_000;
  private static final int BEYOND_WHAT_IS_KEPT = 150_000;

  private final int seed;
  private final Random random;

  private Generator(int seed) {
    this.seed = seed;
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
  }

  static GeneratedCall call(int seed) {
    return seed == 0 ? plain(0) : new Generator(seed).call();
  }

  /** A call that just goes well. */
  static GeneratedCall plain(int seed) {
    Reply reply = new Reply(200, List.of(), bytes("{}"), Framing.LENGTH, Fault.NONE, 1, 0);
    return new GeneratedCall(
        seed,
        Shape.MCP,
        "POST",
        Content.TEXT,
        SMALL,
        Map.of("Accept", List.of("application/json, text/event-stream")),
        Protocol.HTTP_1_1,
        false,
        true,
        false,
        false,
        false,
        false,
        1,
        End.READS,
        List.of(reply));
  }

  private GeneratedCall call() {
    Shape shape = oneOf(Shape.MCP, Shape.MCP, Shape.MCP, oneOf(Shape.values()));
    boolean gets = shape == Shape.METADATA || shape != Shape.TOKEN && oneIn(4);
    String method = gets ? "GET" : oneIn(8) ? oneOf("PUT", "PATCH", "DELETE", "HEAD") : "POST";
    boolean bare = gets || method.equals("HEAD");
    Content content = bare ? Content.NONE : oneOf(Content.values());
    Protocol protocol = oneIn(5) ? Protocol.H2C : oneIn(3) ? Protocol.UPGRADE : Protocol.HTTP_1_1;
    End end =
        oneIn(12)
            ? oneOf(End.TIMES_OUT, End.CANCELS, End.CANCELS_DERIVED, End.IS_INTERRUPTED)
            : oneIn(4) ? oneOf(End.READS_IN_PART, End.DISCARDS, End.FAILS) : End.READS;
    boolean async =
        end == End.CANCELS || end == End.CANCELS_DERIVED || end != End.IS_INTERRUPTED && oneIn(2);
    int size = oneIn(3) ? LARGE : SMALL;
    int variant = random.nextInt(1 << 16);
    boolean intercepts = oneIn(3);
    boolean looksAhead = intercepts || end == End.READS_IN_PART || variant % 3 == 0;
    return new GeneratedCall(
        seed,
        shape,
        method,
        content,
        size,
        headers(shape, content),
        protocol,
        async,
        !oneIn(5),
        oneIn(2),
        oneIn(3),
        intercepts,
        oneIn(6) && end == End.READS,
        variant,
        end,
        replies(shape, method, protocol, end, looksAhead));
  }

  private Map<String, List<String>> headers(Shape shape, Content content) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    if (shape == Shape.MCP) {
      headers.put("Accept", List.of("application/json, text/event-stream"));
    } else if (oneIn(2)) {
      headers.put("Accept", List.of("application/json", "text/html;q=0.5"));
    }
    if (content != Content.NONE && !oneIn(8)) {
      boolean form = shape == Shape.TOKEN;
      headers.put(
          "Content-Type", List.of(form ? "application/x-www-form-urlencoded" : "application/json"));
    }
    if (oneIn(2)) {
      headers.put("Authorization", List.of("Bearer generated-token-of-the-host-" + seed));
    }
    if (shape == Shape.MCP && oneIn(2)) {
      headers.put("Mcp-Session-Id", List.of("session-" + seed));
      headers.put("MCP-Protocol-Version", List.of("2025-06-18"));
    }
    if (oneIn(4)) {
      headers.put("X-Twice", List.of("one", "two"));
    }
    if (oneIn(6)) {
      headers.put("Cookie", List.of("visit=" + seed));
    }
    if (oneIn(8)) {
      headers.put("Accept-Encoding", List.of("gzip"));
    }
    if (oneIn(10)) {
      headers.put("X-Long", List.of("y".repeat(7_000)));
    }
    return headers;
  }

  private List<Reply> replies(
      Shape shape, String method, Protocol protocol, End end, boolean looksAhead) {
    List<Reply> replies = new ArrayList<>();
    int hops = oneIn(3) ? 1 + random.nextInt(2) : 0;
    for (int hop = 1; hop <= hops; hop++) {
      replies.add(oneIn(3) ? challenge() : redirect(hop));
    }
    Fault fault = Fault.NONE;
    if (waits(end)) {
      fault = Fault.HANGS;
    } else if (oneIn(6) && protocol != Protocol.H2C && end != End.FAILS) {
      fault =
          oneOf(
              Fault.CLOSED_BEFORE,
              Fault.RESET_BEFORE,
              Fault.CUT,
              Fault.RESET_WITHIN,
              Fault.NOT_HTTP);
    }
    boolean cancels = end == End.CANCELS || end == End.CANCELS_DERIVED;
    replies.add(last(shape, method, protocol, fault, looksAhead || cancels));
    return replies;
  }

  private static boolean waits(End end) {
    return switch (end) {
      case TIMES_OUT, CANCELS, CANCELS_DERIVED, IS_INTERRUPTED -> true;
      default -> false;
    };
  }

  private Reply redirect(int hop) {
    String target = oneIn(12) ? "http://[nowhere" : "/s" + seed + oneOf("/mcp", "/hop" + hop);
    List<String> headers = new ArrayList<>(List.of("Location: " + target));
    if (oneIn(3)) {
      headers.add("Set-Cookie: hop=" + hop + "; Path=/");
    }
    byte[] body = oneIn(2) ? bytes("<a href='" + target + "'>moved</a>") : new byte[0];
    int status = oneOf(301, 302, 303, 307, 308);
    return new Reply(status, headers, body, Framing.LENGTH, Fault.NONE, 1, 0);
  }

  private Reply challenge() {
    List<String> headers =
        oneIn(4)
            ? List.of()
            : List.of(
                oneIn(2)
                    ? "WWW-Authenticate: Basic realm=\"shop\""
                    : "WWW-Authenticate: Bearer error=\"invalid_token\"");
    return new Reply(401, headers, bytes("no"), Framing.LENGTH, Fault.NONE, 1, 0);
  }

  /**
   * @param looksAhead whether the host reads a part of the body: of several pieces, that would be
   *     as many as happen to be there
   */
  private Reply last(
      Shape shape, String method, Protocol protocol, Fault fault, boolean looksAhead) {
    int status = oneIn(3) ? oneOf(201, 202, 204, 400, 401, 403, 404, 405, 406, 429, 500, 503) : 200;
    List<String> headers = new ArrayList<>();
    headers.add("Date: Thu, 01 Jan 2026 00:00:00 GMT");
    byte[] body = body(shape, headers);
    if (oneIn(3)) {
      headers.add("Set-Cookie: seen=" + seed + "; Path=/; HttpOnly");
    }
    if (oneIn(3)) {
      headers.add("Mcp-Session-Id: issued-" + seed);
    }
    if (oneIn(5) && protocol != Protocol.H2C) {
      body = gzipped(body);
      headers.add("Content-Encoding: gzip");
    }
    if (oneIn(6)) {
      headers.add("Cache-Control: max-age=3600");
    }
    Framing framing = oneOf(Framing.LENGTH, Framing.CHUNKED, Framing.CLOSE);
    boolean within = fault == Fault.HANGS && !method.equals("HEAD") && !looksAhead;
    return new Reply(
        status,
        headers,
        body,
        framing,
        within ? Fault.HANGS_WITHIN : fault,
        looksAhead ? 1 : 1 + random.nextInt(4),
        oneIn(4) ? 10 : 0);
  }

  private byte[] body(Shape shape, List<String> headers) {
    if (oneIn(8)) {
      return new byte[0];
    }
    if (oneIn(8)) {
      headers.add("Content-Type: text/html; charset=iso-8859-1");
      return "<html>caf\u00e9</html>".getBytes(StandardCharsets.ISO_8859_1);
    }
    String filling = "z".repeat(oneIn(6) ? BEYOND_WHAT_IS_KEPT : oneIn(3) ? LARGE : SMALL);
    if (shape == Shape.MCP && oneIn(2)) {
      headers.add("Content-Type: text/event-stream");
      StringBuilder events = new StringBuilder(": hello\n\n");
      for (int i = 0; i < 3; i++) {
        events.append("id: ").append(i).append("\nevent: message\ndata: {\"jsonrpc\":\"2.0\",");
        events.append("\"id\":").append(i).append(",\"result\":{\"r\":\"");
        events.append(filling).append("\"}}\r\n\r\n");
      }
      return bytes(events.toString());
    }
    headers.add("Content-Type: application/json");
    return bytes(
        "{\"jsonrpc\":\"2.0\",\"id\":" + seed + ",\"result\":{\"text\":\"" + filling + "\"}}");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzipped(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private boolean oneIn(int count) {
    return random.nextInt(count) == 0;
  }

  @SafeVarargs
  private <T> T oneOf(T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
