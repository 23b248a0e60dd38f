package io.github.mcpauth.agent.okhttp.woven;

import okhttp3.Headers;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The host's cache lies between the call and the wire: what a fix asks for is not to come from
 * there, and what a fix changed is not to stay there, for other users and for when the fix is off.
 */
final class ClientCache {

  private static final String FIELD = "Cache-Control";

  /** The same for the client, which neither looks it up nor keeps its answer. */
  static Request passedBy(Request request) {
    return request.newBuilder().header(FIELD, "no-store").build();
  }

  /**
   * The same as it is to leave.
   *
   * @param made as it was before {@link #passedBy}
   */
  static Request asMade(Request passedBy, Request made) {
    Headers.Builder headers = passedBy.headers().newBuilder().removeAll(FIELD);
    for (String value : made.headers(FIELD)) {
      headers.addUnsafeNonAscii(FIELD, value); // A host may have it so, and a check would throw.
    }
    return passedBy.newBuilder().headers(headers.build()).build();
  }

  /** A response that is not as it came: a cache keeps those of GET alone. */
  static Response notKept(Response changed) {
    return changed.request().method().equals("GET")
        ? changed.newBuilder().header(FIELD, "no-store").build()
        : changed;
  }

  private ClientCache() {}
}
