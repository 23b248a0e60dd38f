package io.github.mcpauth.agent.okhttp.woven;

import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.HeaderBytes;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/** Turns the heads of OkHttp into ours and back. */
final class Heads {

  /** The URL of the latest request. OkHttp takes 5 µs for a URI, and hosts repeat themselves. */
  private record Known(HttpUrl url, URI uri) {}

  private static volatile @Nullable Known latest;

  static RequestHead of(Request request) {
    return new RequestHead(request.method(), uri(request.url()), of(request.headers()));
  }

  /** The same with the type of its body, which the client adds. */
  static RequestHead withType(Request request) {
    RequestBody body = request.body();
    MediaType type = body == null ? null : body.contentType();
    okhttp3.Headers headers = request.headers();
    List<Header> fields = new ArrayList<>(headers.size() + 1);
    boolean typed = false;
    for (int i = 0; i < headers.size(); i++) {
      fields.add(new Header(headers.name(i), headers.value(i)));
      typed |= headers.name(i).equalsIgnoreCase("Content-Type");
    }
    if (type != null && !typed) {
      fields.add(new Header("Content-Type", type.toString()));
    }
    return new RequestHead(request.method(), uri(request.url()), Headers.of(fields));
  }

  private static URI uri(HttpUrl url) {
    Known known = latest;
    if (known == null || !known.url().equals(url)) {
      known = new Known(url, url.uri());
      latest = known;
    }
    return known.uri();
  }

  static ResponseHead of(Response response) {
    return new ResponseHead(response.code(), of(response.headers()), name(response.protocol()));
  }

  private static Headers of(okhttp3.Headers headers) {
    List<Header> fields = new ArrayList<>(headers.size());
    for (int i = 0; i < headers.size(); i++) {
      fields.add(new Header(headers.name(i), headers.value(i)));
    }
    return Headers.of(fields);
  }

  /**
   * The fields of a request. OkHttp itself writes what is not ASCII where a host asks for it, and
   * the host's own fields go along.
   *
   * @throws IllegalArgumentException where a value would be more than one line, as a peer may have
   *     it in what it issues
   */
  private static okhttp3.Headers of(Headers headers) {
    okhttp3.Headers.Builder builder = new okhttp3.Headers.Builder();
    for (Header field : headers) {
      if (isOneLine(field.value())) {
        builder.addUnsafeNonAscii(field.name(), field.value());
      } else {
        builder.add(field.name(), field.value());
      }
    }
    return builder.build();
  }

  /** The fields of a response, without those that no client writes: a peer may send any. */
  private static okhttp3.Headers ofPeer(Headers headers) {
    okhttp3.Headers.Builder builder = new okhttp3.Headers.Builder();
    for (Header field : headers) {
      try {
        builder.addUnsafeNonAscii(field.name(), field.value());
      } catch (IllegalArgumentException noName) {
        // What a fix changed is more to the host than a field that it cannot look up.
      }
    }
    return builder.build();
  }

  private static boolean isOneLine(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        return false;
      }
    }
    return true;
  }

  static String name(Protocol protocol) {
    boolean http2 = protocol == Protocol.HTTP_2 || protocol == Protocol.H2_PRIOR_KNOWLEDGE;
    return http2 ? "HTTP/2" : "HTTP/1.1";
  }

  /** The size of what OkHttp writes for a head as a network interceptor sees it, in bytes. */
  static int bytes(HttpUrl url, RequestHead head) {
    Headers headers = head.headers();
    String path = url.encodedPath();
    String query = url.encodedQuery();
    if ("HTTP/2".equals(head.version())) {
      Headers pseudo =
          Headers.of(
              ":method", head.method(),
              ":scheme", url.scheme(),
              ":authority", String.valueOf(headers.first("Host")),
              ":path", query == null ? path : path + "?" + query);
      return HeaderBytes.http2(pseudo) + HeaderBytes.http2(headers.without("Host"));
    }
    int target = path.length() + (query == null ? 0 : 1 + query.length());
    int bytes = head.method().length() + 1 + target + " HTTP/1.1\r\n".length();
    for (Header field : headers) {
      bytes += HeaderBytes.line(field);
    }
    return bytes + 2;
  }

  /** The host's request with another head and, where given, another body. */
  static Request request(Request original, RequestHead head, byte @Nullable [] body) {
    RequestBody kept = original.body();
    RequestBody sent =
        body == null ? kept : RequestBody.create(kept == null ? null : kept.contentType(), body);
    if (body == null && !head.method().equals(original.method())) {
      sent = null; // The host's body belongs to the host's method: a GET of ours has none.
    }
    if (head.method().equals("GET") || head.method().equals("HEAD")) {
      sent = null;
    }
    return original
        .newBuilder()
        .url(head.url().toString())
        .headers(of(head.headers()))
        .method(head.method(), sent)
        .build();
  }

  /** A hop's request with other header fields and, where given, another body. */
  static Request hop(Request original, RequestHead head, byte @Nullable [] body) {
    Request.Builder hop = original.newBuilder().headers(of(head.headers()));
    if (body != null) {
      RequestBody kept = original.body();
      MediaType type = kept == null ? null : kept.contentType();
      hop.method(original.method(), RequestBody.create(type, body));
      hop.header("Content-Length", String.valueOf(body.length));
    }
    return hop.build();
  }

  /** The same response under another head. */
  static Response response(Response original, ResponseHead head) {
    return original
        .newBuilder()
        .code(head.status())
        .message(original.code() == head.status() ? original.message() : reason(head.status()))
        .headers(ofPeer(head.headers()))
        .build();
  }

  /** A response from memory. */
  static Response answer(Request request, ResponseHead head, byte[] body, @Nullable Response real) {
    MediaType type = null;
    String named = head.headers().first("Content-Type");
    if (named != null) {
      type = MediaType.parse(named);
    }
    Response.Builder builder =
        real == null
            ? new Response.Builder().request(request).protocol(Protocol.HTTP_1_1)
            : real.newBuilder();
    return builder
        .code(head.status())
        .message(reason(head.status()))
        .headers(ofPeer(head.headers()))
        .body(ResponseBody.create(type, body))
        .build();
  }

  private static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 401 -> "Unauthorized";
      case 404 -> "Not Found";
      default -> "";
    };
  }

  private Heads() {}
}
