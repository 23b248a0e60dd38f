package io.github.mcpauth.agent.okhttp;

import org.jspecify.annotations.Nullable;

/** What the woven constructor of an OkHttpClient calls, through the bridge. */
@FunctionalInterface
public interface OkHttpHook {

  /**
   * Gives a client its interceptor lists.
   *
   * @param client the okhttp3.OkHttpClient under construction, its other fields set
   * @param interceptors its application interceptors
   * @param networkInterceptors its network interceptors
   * @return both lists with ours in them, application first, or null to leave the client alone
   */
  Object @Nullable [] install(Object client, Object interceptors, Object networkInterceptors);
}
