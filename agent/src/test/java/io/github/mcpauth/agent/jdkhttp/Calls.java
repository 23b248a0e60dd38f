package io.github.mcpauth.agent.jdkhttp;

import io.github.mcpauth.agent.exchange.HttpCall;
import io.github.mcpauth.agent.exchange.Pipeline;
import io.github.mcpauth.agent.exchange.Recorder;
import io.github.mcpauth.rules.engine.Diagnosis;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.http.Body;
import java.lang.reflect.Proxy;
import java.net.http.HttpRequest;
import java.time.InstantSource;
import java.util.Objects;

/** Calls of java.net.http that nobody takes down. */
final class Calls {

  static final Recorder NOBODY =
      (Recorder)
          Proxy.newProxyInstance(
              Calls.class.getClassLoader(),
              new Class<?>[] {Recorder.class},
              (self, method, arguments) -> method.getReturnType() == boolean.class ? false : null);

  static HttpCall of(HttpRequest host) {
    InstantSource clock = InstantSource.system();
    Diagnosis diagnosis = new Diagnosis(Config.DEFAULT, clock, NOBODY);
    return Objects.requireNonNull(
        new Pipeline(diagnosis, NOBODY, clock, 1024)
            .begin(ClientKind.JAVA_NET_HTTP, Heads.of(host), () -> Body.NONE));
  }

  private Calls() {}
}
