package io.github.mcpauth.rules.rule.transport;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.Confidence;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.reading.WordTable;
import io.github.mcpauth.rules.reading.Wording;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An exchange that broke before its response head in a way that only the client's exception tells:
 * what is known of it is quoted, and no cause is guessed.
 */
final class BrokenExchange {

  /** The error codes with which a peer resets a stream or ends a connection (RFC 9113 §7). */
  private static final String[] HTTP2 = {
    "protocol_error",
    "internal_error",
    "flow_control_error",
    "stream_closed",
    "frame_size_error",
    "compression_error",
    "connect_error",
    "enhance_your_calm",
    "http_1_1_required",
    "rst_stream",
    "http/2 connection preface",
    "stream was reset: cancel"
  };

  /** Whether HTTP/2 itself broke. */
  static boolean isHttp2(Failure failure) {
    return code(failure) != null;
  }

  /** The first of those codes that the exception names, or null. */
  private static @Nullable String code(Failure failure) {
    String said = said(failure);
    String first = null;
    for (String each : HTTP2) {
      int at = said.indexOf(each);
      first = at >= 0 && (first == null || at < said.indexOf(first)) ? each : first;
    }
    return first;
  }

  static Finding finding(RuleInfo info, Exchange exchange, Failure failure, McpServer server) {
    Actor party = Actor.serving(exchange.role());
    String code = code(failure);
    boolean http2 = code != null;
    boolean calm = "enhance_your_calm".equals(code);
    String said = failure.message() == null ? failure.type() : failure.message();
    Wording words = http2 ? null : WordTable.ofFailure(said);
    if (words != null) {
      return known(words, said, info, exchange, failure, server);
    }
    boolean other = said(failure).contains("status line") || said(failure).contains("not http");
    FindingBuilder finding =
        FindingBuilder.of(info, server)
            .subject("broken " + failure.type() + (code == null ? "" : code))
            .cause(http2 ? "http2-reset" : other ? "not-http" : "failed")
            .actor(calm ? Actor.HOST : http2 ? party : Actor.USER)
            .confidence(Confidence.POSSIBLE)
            .message(
                exchange.request().method()
                    + " "
                    + exchange.request().url()
                    + (http2
                        ? " was broken off by the other side with an error of HTTP/2"
                        : " failed before an answer came")
                    + ": "
                    + said
                    + ".")
            .saw(exchange.id(), "connection", failure.type(), "a response");
    if (calm) {
      finding
          .step(
              "Your application: send fewer requests and pings (OkHttp: pingInterval): the other side"
                  + " says that it gets too many (RFC 9113 §7)")
          .step(party.inWords() + ": or allow more of them at the proxy in front of it");
    } else if (http2) {
      finding
          .step(
              party.inWords()
                  + ": look this request up in its log, and in that of the proxy before it, for a"
                  + " crash or a timeout")
          .step(
              "Your application: try HTTP/1.1: java.net.http HttpClient.newBuilder()"
                  + ".version(HTTP_1_1), OkHttp .protocols(List.of(Protocol.HTTP_1_1))");
    } else if (other) {
      finding.step("User: check host and port of the URL: what answers there does not speak HTTP");
    } else {
      finding.step(
          "User: see the exception, which is quoted here: it comes from the HTTP client or from what"
              + " your application put into it (interceptors, filters)");
    }
    return finding.build();
  }

  private static Finding known(
      Wording words,
      String said,
      RuleInfo info,
      Exchange exchange,
      Failure failure,
      McpServer server) {
    return FindingBuilder.of(info, server)
        .subject("broken " + words.cause())
        .detail("mcpauth.cause", words.cause())
        .actor(words.actor())
        .confidence(Confidence.LIKELY)
        .message(
            exchange.request().method()
                + " "
                + exchange.request().url()
                + " failed before an answer came: "
                + said
                + ". It means: "
                + words.meaning()
                + ".")
        .saw(exchange.id(), "connection", failure.type(), "a response")
        .step(words.actor().inWords() + ": " + words.step())
        .build();
  }

  private static String said(Failure failure) {
    return failure.message() == null ? "" : failure.message().toLowerCase(Locale.ROOT);
  }

  private BrokenExchange() {}
}
