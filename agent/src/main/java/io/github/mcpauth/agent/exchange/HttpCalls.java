package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.mcp.HeadFilter;
import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the hooks ask of each request that may matter, see {@link Pipeline#begin}. */
public interface HttpCalls {

  /**
   * Most bytes of a request body that a hook reads beforehand. Not the setting for what is kept of
   * a body: this one lies in memory already, only a whole one can be recognised and sent again for
   * sure, and a setting that shortens the log must not take repairs away. A larger one is seen as
   * it goes by, since a copy of it would be felt.
   */
  int MOST_READ_AHEAD = 1 << 20;

  /**
   * Whether a request is handed to {@link #begin}; every other one passes untouched. Cheap, since
   * it is asked of all that a client sends.
   */
  default boolean mayConcern(ClientHead head) {
    if (mayRepeat(head)) {
      return true;
    }
    if (HeadFilter.mayMatter(head)) {
      return head.method().equals("GET") || HeadFilter.isMarked(head) || !passesBy(head.url());
    }
    return !HeadFilter.isWebSocket(head) && awaits(head.uri());
  }

  /** Whether there are more calls than can be watched, and this may be one of those that repeat. */
  default boolean mayRepeat(ClientHead head) {
    return false;
  }

  @Nullable HttpCall begin(ClientKind client, RequestHead request, Supplier<Body> body);

  /**
   * Whether a POST of this URL can be passed by without a look at its body: earlier ones had JSON
   * that is no JSON-RPC, as those to a model's API. Cheap, and false while a server wants a login.
   *
   * @param url as text, which both clients have at hand
   */
  default boolean passesBy(String url) {
    return false;
  }

  /**
   * Whether a GET of this URL is due although nothing in its head tells: a server's challenge named
   * it as its metadata, for example. Cheap, and false while no server wants a login.
   */
  default boolean awaits(URI url) {
    return false;
  }
}
