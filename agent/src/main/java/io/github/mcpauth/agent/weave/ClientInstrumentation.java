package io.github.mcpauth.agent.weave;

import io.github.mcpauth.agent.exchange.Guard;
import io.github.mcpauth.agent.exchange.HttpCalls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that the agent has to know of an HTTP client to get under it; one for each client. */
public interface ClientInstrumentation {

  /** Its name in the log, e.g. {@code "java.net.http"}. */
  String name();

  /** Whether a class that is named like one of the client's, and comes from there, is one. */
  boolean isDefinedBy(Module module, @Nullable ClassLoader loader);

  /** Where the client's classes call the bridge. */
  List<HookPoint> hookPoints();

  /**
   * Puts the hooks into the bridge; called once, before the first class of the client is woven.
   *
   * @param calls what the hooks ask about each request of the host
   * @param guard hears of whatever fails in them
   */
  void install(Bridge bridge, HttpCalls calls, Guard guard) throws ReflectiveOperationException;
}
