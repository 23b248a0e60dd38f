package io.github.mcpauth.agent.jdkhttp;

import io.github.mcpauth.agent.exchange.Call;
import io.github.mcpauth.agent.exchange.Guard;
import io.github.mcpauth.agent.exchange.Pipeline;
import io.github.mcpauth.agent.weave.JdkHttpHooks;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.RequestHead;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns the pipeline into what the woven classes of java.net.http call. */
public final class JdkHttp {

  /** The hooks for one JVM; whatever fails in them is told to the guard and never to the host. */
  public static JdkHttpHooks hooks(Pipeline pipeline, Guard guard) {
    Entry entry = new Entry(begin(pipeline), guard);
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

  private static Entry.Begin begin(Pipeline pipeline) {
    return new Entry.Begin() {
      @Override
      public @Nullable Call begin(ClientKind client, RequestHead head, Supplier<Body> body) {
        return pipeline.begin(client, head, body);
      }

      @Override
      public boolean anyGet() {
        return pipeline.anyGetMayMatter();
      }
    };
  }

  private JdkHttp() {}
}
