package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.ResponseHead;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How servers refuse a request head that is too big, as measured with their default settings. About
 * half of them say 431 (RFC 6585 §5); the others hide it behind another status.
 *
 * @param server the product, for people
 * @param status the status it answers with
 * @param limit the default limit in bytes
 * @param serverHeader what the {@code Server} header starts with in lower case, or null where it is
 *     not sent
 * @param bodyText what the body then contains in lower case, or null where it is empty or open
 */
public record HeaderLimit(
    String server,
    int status,
    int limit,
    @Nullable String serverHeader,
    @Nullable String bodyText) {

  private static final HeaderLimit[] MEASURED = {
    new HeaderLimit("nginx", 400, 8192, null, "request header or cookie too large"),
    new HeaderLimit("nginx", 494, 8192, "nginx", null),
    new HeaderLimit("Tomcat", 400, 8192, null, "request header is too large"),
    new HeaderLimit("Apache httpd", 400, 8190, null, "request header field exceeds server limit"),
    new HeaderLimit("HAProxy", 400, 15360, null, "your browser sent an invalid request"),
    new HeaderLimit("aiohttp", 400, 8190, null, "bytes when reading"),
    new HeaderLimit("uvicorn (h11)", 400, 65536, null, "invalid http request received"),
    new HeaderLimit("Vercel", 494, 16384, null, "request_header_too_large"),
    new HeaderLimit("Jetty", 431, 8192, "jetty", null),
    new HeaderLimit("gunicorn", 431, 8190, "gunicorn", null),
    new HeaderLimit("gunicorn", 431, 8190, null, "limit request headers fields size"),
    new HeaderLimit("Go net/http or Caddy", 431, 1048576, null, "request header fields too large"),
    new HeaderLimit("Cloudflare", 431, 131072, "cloudflare", null),
    new HeaderLimit("Kestrel", 431, 32768, "kestrel", null),
    new HeaderLimit("Envoy", 431, 61440, "envoy", null),
    new HeaderLimit("CloudFront", 494, 20480, "cloudfront", null),
    new HeaderLimit("Google load balancer", 413, 65536, "google frontend", null),
    new HeaderLimit("AWS load balancer", 400, 16384, "awselb", null),
    new HeaderLimit("AWS load balancer", 502, 16384, "awselb", null),
    new HeaderLimit(
        "HTTP.sys (IIS)", 400, 16384, null, "the size of the request headers is too long"),
    new HeaderLimit("IIS", 404, 16384, "microsoft-iis", "header"),
  };

  /** The smallest limit in the field; below it size is not the cause. */
  private static final int SMALLEST = 4096;

  /** Whether an answer refuses the request for the size of its head, beyond doubt or likely. */
  public static boolean refuses(Exchange exchange) {
    if (exchange.status() == 431) {
      return true;
    }
    HeaderLimit row = exchange.status() < 400 ? null : matching(exchange);
    return row != null
        && exchange.headerBytes() >= SMALLEST
        && (row.isExplicit() || exchange.headerBytes() >= row.limit() - 200)
        && !AnswerBody.isJson(exchange);
  }

  /** The row that an answer matches, or null where none does. */
  public static @Nullable HeaderLimit matching(Exchange exchange) {
    ResponseHead response = exchange.response();
    if (response == null) {
      return null;
    }
    String product = response.headers().first("Server");
    String server = product == null ? "" : product.toLowerCase(Locale.ROOT);
    String body = AnswerBody.text(exchange);
    for (HeaderLimit row : MEASURED) {
      if (row.status == response.status() && row.fits(server, body)) {
        return row;
      }
    }
    return null;
  }

  private boolean fits(String server, String body) {
    return (serverHeader == null || server.startsWith(serverHeader))
        && (bodyText == null || body.contains(bodyText));
  }

  /** Whether the body says so in words, beside status and server. */
  public boolean isExplicit() {
    return bodyText != null;
  }
}
