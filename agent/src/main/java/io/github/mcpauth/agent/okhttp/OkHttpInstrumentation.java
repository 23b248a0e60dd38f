package io.github.mcpauth.agent.okhttp;

import static io.github.mcpauth.agent.weave.Argument.returned;

import io.github.mcpauth.agent.exchange.Guard;
import io.github.mcpauth.agent.exchange.HttpCalls;
import io.github.mcpauth.agent.weave.Bridge;
import io.github.mcpauth.agent.weave.ClientInstrumentation;
import io.github.mcpauth.agent.weave.HookPoint;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** OkHttp from 3.14 on, in any class loader: each client is built with our interceptors. */
public final class OkHttpInstrumentation implements ClientInstrumentation {

  @Override
  public String name() {
    return "okhttp";
  }

  @Override
  public boolean isDefinedBy(Module module, @Nullable ClassLoader loader) {
    return loader != null && loader != OkHttpInstrumentation.class.getClassLoader();
  }

  @Override
  public List<HookPoint> hookPoints() {
    return List.of(
        HookPoint.in("okhttp3/OkHttpClient", "<init>", List.of("OkHttpClient$Builder"))
            .filledBy("okhttp", "interceptors", "networkInterceptors"),
        // Where the client asks for what a body is written to: a body of ours in the place of the
        // host's would be seen by its event listener.
        HookPoint.in("okhttp3/internal/connection/Exchange", "createRequestBody", 2)
            .mappedBy("okhttpBody", returned()));
  }

  @Override
  public void install(Bridge bridge, HttpCalls calls, Guard guard)
      throws ReflectiveOperationException {
    OkHttpHook hook = new OkHttp(calls, guard);
    Function<Object[], Object @Nullable []> okhttp =
        client -> hook.install(client[0], client[1], client[2]);
    UnaryOperator<Object> body = BodySinks::tapped;
    bridge.set("okhttpBody", body);
    bridge.set("okhttp", okhttp);
  }
}
