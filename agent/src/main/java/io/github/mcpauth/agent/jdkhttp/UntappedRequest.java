package io.github.mcpauth.agent.jdkhttp;

import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;

/** A request of the client as it would be without the tap on its body. */
final class UntappedRequest extends HttpRequest {

  private final HttpRequest real;
  private final TappedPublisher tapped;

  private UntappedRequest(HttpRequest real, TappedPublisher tapped) {
    this.real = real;
    this.tapped = tapped;
  }

  /** The request itself where it has no tap. */
  static HttpRequest of(HttpRequest request) {
    return request.bodyPublisher().orElse(null) instanceof TappedPublisher tapped
        ? new UntappedRequest(request, tapped)
        : request;
  }

  @Override
  public Optional<BodyPublisher> bodyPublisher() {
    return Optional.of(tapped.host());
  }

  @Override
  public String method() {
    return real.method();
  }

  @Override
  public Optional<Duration> timeout() {
    return real.timeout();
  }

  @Override
  public boolean expectContinue() {
    return real.expectContinue();
  }

  @Override
  public URI uri() {
    return real.uri();
  }

  @Override
  public Optional<Version> version() {
    return real.version();
  }

  @Override
  public HttpHeaders headers() {
    return real.headers();
  }

  @Override
  public String toString() {
    return real.toString();
  }
}
