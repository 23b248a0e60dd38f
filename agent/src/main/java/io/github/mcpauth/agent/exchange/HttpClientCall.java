package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.rules.fix.RequestDecision;
import io.github.mcpauth.rules.fix.ResponseDecision;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One call of the host as its client can carry it out: it makes requests, sends and delivers. When
 * to do which is {@link HttpCallExecution}'s to say.
 *
 * @param <A> an attempt: a request, and what became of it
 * @param <R> the response that the host gets
 */
public interface HttpClientCall<A, R> {

  /** How long the host waits for an answer before it gives up, or null where it did not say. */
  @Nullable Duration timeout();

  /** Whether the host has given the call up. */
  boolean isCancelled();

  /**
   * The host's request as decided: its own object, unless something has to be changed or seen.
   *
   * @param left of the host's time, where some was spent already; else null
   */
  A first(RequestDecision decision, @Nullable Duration left);

  /**
   * The request of a fix.
   *
   * @param response of the attempt before, which is given up
   * @param left of the host's time, or null where it set none
   * @return null where it cannot be made
   */
  @Nullable A replay(A before, R response, ResponseDecision.Replay replay, @Nullable Duration left);

  /** Sends, and waits on this thread; throws what the client throws. */
  R send(A attempt) throws IOException, InterruptedException;

  /** Sends; the future is the client's own. Only called by a client that does so. */
  CompletableFuture<R> sendAsync(A attempt);

  /** What is to be sent in the place of the attempt's response, or null where the host has it. */
  ResponseDecision.@Nullable Replay replayDue(A attempt);

  /** The response of an attempt as the host is to see it. */
  R delivered(A attempt, R response);

  /**
   * A replay could not be carried out: the response before it as the host is to see it.
   *
   * @param decision what was decided for this case
   */
  CompletionStage<R> firstAnswer(A attempt, R response, ResponseDecision decision);

  /** A response from memory, for a request that is not sent. */
  CompletionStage<R> answer(RequestDecision.Answer answer);
}
