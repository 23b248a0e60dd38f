package io.github.mcpauth.agent.okhttp.woven;

import io.github.mcpauth.agent.exchange.Guard;
import io.github.mcpauth.agent.exchange.HttpCalls;
import io.github.mcpauth.agent.okhttp.OkHttpHook;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import okhttp3.Interceptor;
import org.jspecify.annotations.Nullable;

/**
 * Turns a client's interceptor lists into new, unmodifiable ones that end with ours, exactly once
 * however often the client was rebuilt; the host's own lists are only read.
 */
public final class Installer implements OkHttpHook {

  private final Interceptor call;
  private final Interceptor wire;

  public Installer(HttpCalls calls, Guard guard) {
    this.call = new CallInterceptor(calls, guard);
    this.wire = new WireInterceptor(guard);
  }

  @Override
  public Object @Nullable [] install(Object client, Object interceptors, Object network) {
    return new Object[] {ending((List<?>) interceptors, call), ending((List<?>) network, wire)};
  }

  private static List<Object> ending(List<?> old, Interceptor ours) {
    List<Object> changed = new ArrayList<>(old.size() + 1);
    String name = ours.getClass().getName();
    for (Object interceptor : old) {
      // By name: an earlier instance may stem from a loader of ours that is gone.
      if (interceptor == null || !interceptor.getClass().getName().equals(name)) {
        changed.add(interceptor);
      }
    }
    changed.add(ours);
    return Collections.unmodifiableList(changed);
  }
}
