package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.rules.diagnosis.Diagnosis;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.RequestHead;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the hooks of both HTTP clients meet: turns what a client does into phases of exchanges, for
 * the rules to decide on and the recorder to take down. Knows no client and no rule.
 */
public final class Pipeline {

  /**
   * @param bodyLimit most bytes of a body that are kept for reading
   */
  public Pipeline(Diagnosis diagnosis, Recorder recorder, InstantSource clock, int bodyLimit) {}

  /**
   * A host hands a request to its client.
   *
   * @param body reads what is there of the request body without disturbing it; {@link Body#NONE}
   *     with {@code complete == false} where it cannot be read beforehand
   * @return null where the request is none of our business: the hook steps aside
   */
  public @Nullable Call begin(ClientKind client, RequestHead request, Supplier<Body> body) {
    return null;
  }
}
