package io.github.mcpauth.agent.jdkhttp;

import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/** A response of the client, all the same but that its requests show no tap of ours. */
final class UntappedResponse<T> implements HttpResponse<T> {

  private final HttpResponse<T> real;

  UntappedResponse(HttpResponse<T> real) {
    this.real = real;
  }

  @Override
  public int statusCode() {
    return real.statusCode();
  }

  @Override
  public HttpRequest request() {
    return UntappedRequest.of(real.request());
  }

  /** A redirect may have led from a request with a body to one without. */
  @Override
  public Optional<HttpResponse<T>> previousResponse() {
    return real.previousResponse().map(UntappedResponse::new);
  }

  @Override
  public HttpHeaders headers() {
    return real.headers();
  }

  @Override
  public T body() {
    return real.body();
  }

  @Override
  public Optional<SSLSession> sslSession() {
    return real.sslSession();
  }

  @Override
  public URI uri() {
    return real.uri();
  }

  @Override
  public Version version() {
    return real.version();
  }

  /** Since Java 25. */
  @SuppressWarnings("unused")
  public Optional<String> connectionLabel() {
    return ConnectionLabels.of(real);
  }

  @Override
  public String toString() {
    return real.toString();
  }
}
