package io.github.mcpauth.agent.jdkhttp;

import io.github.mcpauth.agent.exchange.Calls;
import io.github.mcpauth.agent.exchange.Guard;
import io.github.mcpauth.agent.weave.JdkHttpHooks;

/** Turns what opens calls into what the woven classes of java.net.http call. */
public final class JdkHttp {

  /** The hooks for one JVM; whatever fails in them is told to the guard and never to the host. */
  public static JdkHttpHooks hooks(Calls calls, Guard guard) {
    Entry entry = new Entry(calls, guard);
    Wire wire = entry.wire();
    return new JdkHttpHooks(
        entry::watches,
        entry::around,
        wire::linked,
        wire::follows,
        wire::wroteHttp1,
        wire::wroteHttp2,
        wire::responded,
        wire::redirects,
        wire::bare);
  }

  private JdkHttp() {}
}
