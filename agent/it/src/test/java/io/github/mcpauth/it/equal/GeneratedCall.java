package io.github.mcpauth.it.equal;

import java.util.List;
import java.util.Map;

/**
 * A call that a host makes, and what its server answers, hop by hop. Host and server have it from
 * the same {@link Generator}, each in its own JVM.
 *
 * @param async by {@code sendAsync} or {@code enqueue}
 * @param follows whether the client may follow redirects
 * @param answersChallenges whether the client has an authenticator
 * @param intercepts whether the client has interceptors that change requests and answers
 * @param again whether the client makes the same call once more
 * @param replies to the first request, the second, …; the last to all that follow
 */
record GeneratedCall(
    int seed,
    Shape shape,
    String method,
    Content content,
    int size,
    Map<String, List<String>> headers,
    Protocol protocol,
    boolean async,
    boolean follows,
    boolean answersChallenges,
    boolean keepsCookies,
    boolean intercepts,
    boolean again,
    int variant,
    End end,
    List<Reply> replies) {

  /** What the call looks like to who asks whether it is MCP. */
  enum Shape {
    MCP("/mcp"),
    TOKEN("/token"),
    REGISTRATION("/register"),
    METADATA("/.well-known/oauth-protected-resource"),
    SHOP("/orders");

    final String path;

    Shape(String path) {
      this.path = path;
    }
  }

  /** How the request's body comes into being. */
  enum Content {
    NONE,
    TEXT,
    BYTES,
    FORM,
    SEVERAL,
    FILE,
    OWN,
    ONE_SHOT,
    UNKNOWN_LENGTH,
    BREAKS_OFF
  }

  /** What is spoken; {@code UPGRADE} offers HTTP/2 to a server that does not know it. */
  enum Protocol {
    HTTP_1_1,
    UPGRADE,
    H2C
  }

  /** What the host does with the answer, or in its place. */
  enum End {
    READS,
    READS_IN_PART,
    DISCARDS,
    FAILS,
    TIMES_OUT,
    CANCELS,
    CANCELS_DERIVED,
    IS_INTERRUPTED
  }

  /** Whether the host may read a part of the body: as much of it is there as happens to be. */
  boolean looksAhead() {
    return intercepts || end == End.READS_IN_PART || variant % 3 == 0;
  }

  /** Whether the last reply, which may never come, is one that the client asks for. */
  boolean reachesTheLast() {
    return replies.subList(0, replies.size() - 1).stream()
        .allMatch(reply -> reply.status() == 401 ? answersChallenges : follows);
  }

  String path() {
    String own = "/s" + seed;
    return shape == Shape.METADATA ? shape.path + own + "/mcp" : own + shape.path;
  }

  /** A body that has the form that its server would expect, of about the given size. */
  String text() {
    String filling = "x".repeat(size);
    return switch (shape) {
      case MCP ->
          "{\"jsonrpc\":\"2.0\",\"id\":"
              + seed
              + ",\"method\":\"tools/call\",\"params\":{\"name\":\"t\",\"arguments\":{\"q\":\""
              + filling
              + "\"}}}";
      case TOKEN -> "grant_type=client_credentials&client_id=c" + seed + "&scope=" + filling;
      case REGISTRATION -> "{\"redirect_uris\":[\"http://localhost/" + filling + "\"]}";
      default -> "{\"order\":" + seed + ",\"comment\":\"" + filling + "\"}";
    };
  }

  Reply reply(int number) {
    return replies.get(Math.min(number, replies.size() - 1));
  }
}
