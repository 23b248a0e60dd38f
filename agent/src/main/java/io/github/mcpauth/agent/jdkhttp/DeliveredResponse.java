package io.github.mcpauth.agent.jdkhttp;

import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** The response as the host is to see it, where that is not the one the client made. */
final class DeliveredResponse<T> implements HttpResponse<T> {

  private final HttpRequest request;
  private final ResponseInfo info;
  private final T body;
  private final @Nullable HttpResponse<T> real;

  /**
   * @param real where it came from, or null for an answer from memory
   */
  DeliveredResponse(
      HttpRequest request, ResponseInfo info, T body, @Nullable HttpResponse<T> real) {
    this.request = request;
    this.info = info;
    this.body = body;
    this.real = real;
  }

  @Override
  public int statusCode() {
    return info.statusCode();
  }

  @Override
  public HttpRequest request() {
    return request;
  }

  @Override
  public Optional<HttpResponse<T>> previousResponse() {
    return real == null ? Optional.empty() : real.previousResponse().map(UntappedResponse::new);
  }

  @Override
  public HttpHeaders headers() {
    return info.headers();
  }

  @Override
  public T body() {
    return body;
  }

  @Override
  public Optional<SSLSession> sslSession() {
    return real == null ? Optional.empty() : real.sslSession();
  }

  @Override
  public URI uri() {
    return real == null ? request.uri() : real.uri();
  }

  @Override
  public Version version() {
    return info.version();
  }

  /** Since Java 25. */
  @SuppressWarnings("unused")
  public Optional<String> connectionLabel() {
    return real == null ? Optional.empty() : ConnectionLabels.of(real);
  }

  @Override
  public String toString() {
    return "(" + request.method() + " " + uri() + ") " + statusCode();
  }
}
