package io.github.mcpauth.agent.jdkhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.exchange.Guard;
import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;

/** Which requests are followed, and how long. */
class WireHooksTest {

  private final WireHooks wire = new WireHooks(new Guard("java.net.http", Calls.NOBODY));
  private final HttpRequest first = request();
  private final HttpRequest hop = request();
  private final WireHooks.Track track = new WireHooks.Track(Calls.of(first));

  @Test
  void theFirstRequestOfASendIsFollowedAndWhatComesOfIt() {
    wire.starting(track);
    wire.linked(request(), first);
    wire.started();
    wire.linked(first, hop);
    assertThat(wire.follows(first)).isTrue();
    assertThat(wire.follows(hop)).isTrue();
  }

  @Test
  void anotherRequestOfTheThreadIsNot() {
    wire.starting(track);
    wire.linked(request(), first);
    wire.linked(request(), hop);
    wire.started();
    assertThat(wire.follows(hop)).isFalse();
  }

  @Test
  void aSendThatIsOverIsForgottenWithAllItsRequests() {
    wire.starting(track);
    wire.linked(request(), first);
    wire.started();
    wire.linked(first, hop);
    wire.over(track);
    assertThat(wire.follows(first)).isFalse();
    assertThat(wire.follows(hop)).isFalse();
  }

  private static HttpRequest request() {
    String url = "http://127.0.0.1:1/.well-known/oauth-protected-resource";
    return HttpRequest.newBuilder(URI.create(url)).build();
  }
}
