package io.github.mcpauth.rules.exchange;

import io.github.mcpauth.rules.http.Authorization;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.http.Urls;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One request on the wire and what came of it. Immutable: each phase (sent, answered, completed or
 * failed) is a new value with the same id. A redirect hop, a client's own retry and a fix's replay
 * are exchanges of their own that name their parent.
 *
 * @param id counts from 1 in this process
 * @param parentId the exchange that led to this one, or null
 * @param followUp why it led to it; null exactly where {@code parentId} is
 * @param home the URL that the host itself asked for: what its call carries belongs to that origin,
 *     through every redirect, retry and replay
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
    @Nullable FollowUp followUp,
    ClientKind client,
    Role role,
    URI home,
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
        id,
        null,
        null,
        client,
        role,
        request.url(),
        request,
        body,
        0,
        now,
        null,
        Body.NONE,
        null,
        Duration.ZERO);
  }

  /** The same exchange as one of the call with which the host asked for {@code url}. */
  public Exchange ofCallTo(URI url) {
    Draft draft = new Draft(this);
    draft.home = url;
    return draft.exchange();
  }

  /**
   * Whether a URL lies in the origin that the host called. One whose origin cannot be told does
   * not, unless it spells scheme and authority as the host did.
   */
  public boolean isHome(URI url) {
    Origin origin = Origin.of(home);
    return origin == null
        ? home.getRawAuthority() != null
            && home.getRawAuthority().equals(url.getRawAuthority())
            && String.valueOf(home.getScheme()).equalsIgnoreCase(url.getScheme())
        : origin.contains(url);
  }

  /** The same exchange as the consequence of another one. */
  public Exchange following(long parent, FollowUp why) {
    Draft draft = new Draft(this);
    draft.parentId = parent;
    draft.followUp = why;
    return draft.exchange();
  }

  /** The same exchange with the head as the client really wrote it. */
  public Exchange onTheWire(RequestHead head, int bytes) {
    Draft draft = new Draft(this);
    draft.request = head;
    draft.headerBytes = bytes;
    return draft.exchange();
  }

  /** The same exchange with the request body known better than when it started. */
  public Exchange withRequestBody(Body body) {
    Draft draft = new Draft(this);
    draft.requestBody = body;
    return draft.exchange();
  }

  /** The same exchange in another role, e.g. once the body told what it is. */
  public Exchange withRole(Role known) {
    Draft draft = new Draft(this);
    draft.role = known;
    return draft.exchange();
  }

  /** The same exchange without what may be a credential or large: it is over, and long ago. */
  public Exchange withoutContents() {
    boolean bare = request.headers().size() == 0 && responseHeaders().size() == 0;
    if (bare && requestBody.isEmpty() && responseBody.isEmpty()) {
      return this;
    }
    Draft draft = new Draft(this);
    draft.home = withoutQuery(home);
    draft.request = request.withUrl(withoutQuery(request.url())).withHeaders(Headers.NONE);
    draft.requestBody = Body.NONE;
    draft.response = response == null ? null : new ResponseHead(response.status(), Headers.NONE);
    draft.responseBody = Body.NONE;
    return draft.exchange();
  }

  private static URI withoutQuery(URI url) {
    String canonical = url.getRawQuery() == null ? null : Urls.canonical(url);
    return canonical == null ? url : URI.create(canonical);
  }

  /** The response head arrived. */
  public Exchange answered(ResponseHead head, Duration after) {
    Draft draft = new Draft(this);
    draft.response = head;
    draft.responseBody = Body.NONE;
    draft.failure = null;
    draft.elapsed = after;
    return draft.exchange();
  }

  /** More, or all, of the response body is known. */
  public Exchange withResponseBody(Body body, Duration after) {
    Draft draft = new Draft(this);
    draft.responseBody = body;
    draft.failure = null;
    draft.elapsed = after;
    return draft.exchange();
  }

  /** It ended without a (whole) response. */
  public Exchange failed(Failure why, Duration after) {
    Draft draft = new Draft(this);
    draft.failure = why;
    draft.elapsed = after;
    return draft.exchange();
  }

  /** About how many bytes its heads and bodies take. */
  public long bytes() {
    long bytes = requestBody.bytes().length + responseBody.bytes().length;
    for (Header field : request.headers()) {
      bytes += field.name().length() + field.value().length();
    }
    for (Header field : responseHeaders()) {
      bytes += field.name().length() + field.value().length();
    }
    return bytes;
  }

  public boolean isMcp() {
    return role == Role.MCP;
  }

  /** The token in {@code Authorization: Bearer …}, or null. */
  public @Nullable String bearerToken() {
    return Authorization.bearer(request);
  }

  /** The session that the request names (MCP, Session Management), or null. */
  public @Nullable String sessionId() {
    return request.headers().first("Mcp-Session-Id");
  }

  /** What came of it in a word: the status, or the failure where no head arrived. */
  public String outcome() {
    return failure != null && response == null
        ? failure.kind().name().toLowerCase(Locale.ROOT)
        : String.valueOf(status());
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

  /** A copy in the making. */
  private static final class Draft {

    private final Exchange of;
    private @Nullable Long parentId;
    private @Nullable FollowUp followUp;
    private Role role;
    private URI home;
    private RequestHead request;
    private Body requestBody;
    private int headerBytes;
    private @Nullable ResponseHead response;
    private Body responseBody;
    private @Nullable Failure failure;
    private Duration elapsed;

    Draft(Exchange of) {
      this.of = of;
      this.parentId = of.parentId;
      this.followUp = of.followUp;
      this.role = of.role;
      this.home = of.home;
      this.request = of.request;
      this.requestBody = of.requestBody;
      this.headerBytes = of.headerBytes;
      this.response = of.response;
      this.responseBody = of.responseBody;
      this.failure = of.failure;
      this.elapsed = of.elapsed;
    }

    Exchange exchange() {
      return new Exchange(
          of.id,
          parentId,
          followUp,
          of.client,
          role,
          home,
          request,
          requestBody,
          headerBytes,
          of.sentAt,
          response,
          responseBody,
          failure,
          elapsed);
    }
  }
}
