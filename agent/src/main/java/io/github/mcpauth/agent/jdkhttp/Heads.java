package io.github.mcpauth.agent.jdkhttp;

import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns the heads of java.net.http into ours and back. */
final class Heads {

  private static final Set<String> RESTRICTED = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  static {
    RESTRICTED.addAll(List.of("connection", "content-length", "expect", "host", "upgrade"));
  }

  static RequestHead of(HttpRequest request) {
    Version version = request.version().orElse(null);
    return new RequestHead(
        request.method(),
        request.uri(),
        of(request.headers()),
        version == null ? null : name(version));
  }

  /** The version that the client will ask for. */
  static String version(HttpClient client, HttpRequest request) {
    Version version = request.version().orElse(null);
    return name(version == null ? client.version() : version);
  }

  static ResponseHead of(ResponseInfo info) {
    return new ResponseHead(info.statusCode(), of(info.headers()), name(info.version()));
  }

  /** Without pseudo header fields, which the JDK leaves in the headers of HTTP/2 responses. */
  static Headers of(HttpHeaders headers) {
    List<Header> fields = new ArrayList<>();
    for (Map.Entry<String, List<String>> field : headers.map().entrySet()) {
      if (!field.getKey().startsWith(":")) {
        for (String value : field.getValue()) {
          fields.add(new Header(field.getKey(), value));
        }
      }
    }
    return Headers.of(fields);
  }

  static String name(Version version) {
    return version == Version.HTTP_2 ? "HTTP/2" : "HTTP/1.1";
  }

  static ResponseInfo info(ResponseHead head) {
    HttpHeaders headers = headers(head.headers());
    Version version = "HTTP/2".equals(head.version()) ? Version.HTTP_2 : Version.HTTP_1_1;
    return new ResponseInfo() {
      @Override
      public int statusCode() {
        return head.status();
      }

      @Override
      public HttpHeaders headers() {
        return headers;
      }

      @Override
      public Version version() {
        return version;
      }
    };
  }

  private static HttpHeaders headers(Headers headers) {
    Map<String, List<String>> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Header field : headers) {
      map.computeIfAbsent(field.name(), name -> new ArrayList<>(1)).add(field.value());
    }
    return HttpHeaders.of(map, (name, value) -> true);
  }

  /** A copy of the host's request with another head and, where given, another body. */
  static HttpRequest copy(HttpRequest original, RequestHead head, byte @Nullable [] body) {
    // Restricted names that the host was allowed to set are kept as they are, where they go along.
    HttpRequest.Builder copy =
        HttpRequest.newBuilder(
            original, (name, value) -> RESTRICTED.contains(name) && head.headers().has(name));
    copy.uri(head.url());
    if (body != null) {
      copy.method(head.method(), HttpRequest.BodyPublishers.ofByteArray(body));
    } else if (!head.method().equals(original.method())) {
      // The host's body belongs to the host's method: a GET of ours has none.
      copy.method(head.method(), HttpRequest.BodyPublishers.noBody());
    } else {
      original.bodyPublisher().ifPresent(known -> copy.method(head.method(), known));
    }
    for (Header field : head.headers()) {
      if (!RESTRICTED.contains(field.name())) {
        copy.header(field.name(), field.value());
      }
    }
    if (head.version() != null) {
      copy.version("HTTP/2".equals(head.version()) ? Version.HTTP_2 : Version.HTTP_1_1);
    }
    return copy.build();
  }

  private Heads() {}
}
