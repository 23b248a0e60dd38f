package io.github.mcpauth.rules.exchange;

import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request on the wire and what came of it. Immutable: each phase (sent, answered, completed or
 * failed) is a new value with the same id. A redirect hop, a client's own retry and a fix's replay
 * are exchanges of their own that name their parent.
 *
 * @param id counts from 1 in this process
 * @param parentId the exchange that led to this one, or null
 * @param cause why it led to it; null exactly where {@code parentId} is
 * @param request as it left, with what the client added as far as it is known
 * @param requestBody what was kept of the request body
 * @param headerBytes size of the request's head in bytes, see {@code HeaderBytes}; 0 before it is
 *     known
 * @param sentAt the wall clock when it left
 * @param response null until a response head arrived
 * @param responseBody what was kept of the response body so far
 * @param failure null unless it ended without a whole response
 * @param elapsed from sending to the end of this phase
 */
public record Exchange(
    long id,
    @Nullable Long parentId,
    @Nullable Cause cause,
    ClientKind client,
    Role role,
    RequestHead request,
    Body requestBody,
    int headerBytes,
    Instant sentAt,
    @Nullable ResponseHead response,
    Body responseBody,
    @Nullable Failure failure,
    Duration elapsed) {

  /** A request that is about to leave. */
  public static Exchange sending(
      long id, ClientKind client, Role role, RequestHead request, Body body, Instant now) {
    return new Exchange(
        id, null, null, client, role, request, body, 0, now, null, Body.NONE, null, Duration.ZERO);
  }

  /** The same exchange as the consequence of another one. */
  public Exchange causedBy(long parent, Cause why) {
    return new Exchange(
        id,
        parent,
        why,
        client,
        role,
        request,
        requestBody,
        headerBytes,
        sentAt,
        response,
        responseBody,
        failure,
        elapsed);
  }

  /** The same exchange with the head as the client really wrote it. */
  public Exchange onTheWire(RequestHead head, int bytes) {
    return new Exchange(
        id,
        parentId,
        cause,
        client,
        role,
        head,
        requestBody,
        bytes,
        sentAt,
        response,
        responseBody,
        failure,
        elapsed);
  }

  /** The same exchange with the request body known better than when it started. */
  public Exchange withRequestBody(Body body) {
    return new Exchange(
        id,
        parentId,
        cause,
        client,
        role,
        request,
        body,
        headerBytes,
        sentAt,
        response,
        responseBody,
        failure,
        elapsed);
  }

  /** The same exchange in another role, e.g. once the body told what it is. */
  public Exchange withRole(Role known) {
    return new Exchange(
        id,
        parentId,
        cause,
        client,
        known,
        request,
        requestBody,
        headerBytes,
        sentAt,
        response,
        responseBody,
        failure,
        elapsed);
  }

  /** The response head arrived. */
  public Exchange answered(ResponseHead head, Duration after) {
    return new Exchange(
        id,
        parentId,
        cause,
        client,
        role,
        request,
        requestBody,
        headerBytes,
        sentAt,
        head,
        Body.NONE,
        null,
        after);
  }

  /** More, or all, of the response body is known. */
  public Exchange withResponseBody(Body body, Duration after) {
    return new Exchange(
        id,
        parentId,
        cause,
        client,
        role,
        request,
        requestBody,
        headerBytes,
        sentAt,
        response,
        body,
        null,
        after);
  }

  /** It ended without a (whole) response. */
  public Exchange failed(Failure why, Duration after) {
    return new Exchange(
        id,
        parentId,
        cause,
        client,
        role,
        request,
        requestBody,
        headerBytes,
        sentAt,
        response,
        responseBody,
        why,
        after);
  }

  /** The response status, or 0 where there is none. */
  public int status() {
    return response == null ? 0 : response.status();
  }

  /** The response's headers; none where there is no response. */
  public Headers responseHeaders() {
    return response == null ? Headers.NONE : response.headers();
  }

  /** The response's media type in lower case, or null. */
  public @Nullable String mediaType() {
    return response == null ? null : response.mediaType();
  }
}
