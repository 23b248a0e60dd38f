package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.rules.fix.RequestDecision;
import io.github.mcpauth.rules.fix.ResponseDecision;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import org.jspecify.annotations.Nullable;

/**
 * One request of the host, from the moment it hands it to its client until it has its answer:
 * possibly several exchanges on the wire (redirects, the client's own retries, a fix's replay).
 *
 * <p>A hook calls, in this order and for each exchange: {@link #sending} when the head is written,
 * {@link #answered} when a response head arrived. For the response that the host would get: {@link
 * #needsBody}, {@link #decide}, and where it is delivered, {@link #responseTap}. On {@link
 * ResponseDecision.Replay} it calls {@link #replaying}, sends, and starts over.
 *
 * <p>No method throws or blocks; whatever goes wrong inside means "leave it as it is".
 */
public abstract class HttpCall {

  protected HttpCall() {}

  /** What becomes of the request; ask once, before anything is sent. */
  public abstract RequestDecision beforeSend();

  /** Another request brought the answer that {@link #beforeSend} waited for: nothing is sent. */
  public abstract void served(RequestDecision.Answer answer);

  /** Sees the request body go by, where {@link Pipeline#begin} could not read it beforehand. */
  public abstract BodyTap requestTap();

  /**
   * An exchange leaves. Its predecessor in this call, if one has been answered, led to it.
   *
   * @param head as the client really writes it, with what the client added
   */
  public abstract void sending(LeavingHead head);

  /** The same, by a hook that has no other head than ours. */
  public final void sending(RequestHead request, int headerBytes) {
    sending(LeavingHead.of(request, headerBytes));
  }

  /**
   * Whether the redirect in the response that was just answered, which the client would follow, is
   * left to a fix: then the client must not follow it, and goes on as with any other response.
   */
  public abstract boolean takesRedirect();

  /**
   * What becomes of a request that the client makes by itself, of a redirect, of a challenge or for
   * a second time; asked before {@link #sending} where the client cannot be kept from it.
   */
  public abstract RequestDecision editNext(LeavingHead request);

  /** Whether the client must add no cookies of its own to the exchange that leaves next. */
  public abstract boolean sendsNoCookies();

  /** A response head arrived, be it of an intermediate hop. */
  public abstract void answered(ResponseHead response);

  /** Whether {@link #decide} wants the body of the response that was just answered. */
  public abstract boolean needsBody();

  /**
   * What becomes of the response that was just answered.
   *
   * @param body what {@link #needsBody} asked for, decoded, at most {@link #bodyLimit} bytes; null
   *     where it did not ask or the body could not be had
   */
  public abstract ResponseDecision decide(@Nullable Body body);

  /** A fix's replay is about to be sent as the next exchange of this call. */
  public abstract void replaying(ResponseDecision.Replay replay);

  /** The replay that {@link #decide} wanted cannot be sent: the host gets the answer that came. */
  public abstract void notReplaying();

  /**
   * What the host gets is not what came over the wire last, so that {@link #responseTap} is not
   * asked for: it is in memory, or comes from the client's cache.
   */
  public abstract void answeredFromElsewhere();

  /** Sees the body of the response that the host gets. */
  public abstract BodyTap responseTap();

  /** The current exchange ended without a (whole) response. */
  public abstract void failed(Throwable error);

  /** The host cancelled. */
  public abstract void cancelled();

  /** Most bytes of a body to keep for {@link #decide}. */
  public abstract int bodyLimit();
}
