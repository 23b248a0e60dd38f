package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.RequestHead;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the hooks ask of each request that may matter, see {@link Pipeline#begin}. */
@FunctionalInterface
public interface Calls {

  @Nullable Call begin(ClientKind client, RequestHead request, Supplier<Body> body);
}
