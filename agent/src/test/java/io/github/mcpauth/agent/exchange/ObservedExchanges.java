package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.rules.engine.Diagnosis;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.StateChange;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Observations, what is heard of them, and exchanges to observe. */
abstract class ObservedExchanges {

  static final Duration SOON = Duration.ofMillis(1);
  static final Body LONG =
      Body.of(
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\",\"x\":\"" + "x".repeat(200_000) + "\"}");

  final List<String> heard = Collections.synchronizedList(new ArrayList<>());
  boolean learns = true;
  final Recorder recorder =
      (Recorder)
          Proxy.newProxyInstance(
              ObservedExchanges.class.getClassLoader(),
              new Class<?>[] {Recorder.class},
              (self, method, arguments) -> {
                if (arguments != null && arguments[0] instanceof StateChange change) {
                  URI server = URI.create(change.serverUrl());
                  if (server.getPath().equals("/bad")) {
                    throw new IllegalStateException("a fault of ours");
                  }
                  heard.add(server.getPath() + " " + change.state().label());
                } else if (method.getName().equals("failed")) {
                  heard.add(String.valueOf(((Map<?, ?>) arguments[0]).get(Field.HOOK_STEP)));
                }
                return method.getReturnType() == boolean.class ? learns : null;
              });
  final HeldBytes held = new HeldBytes(1 << 20);
  final Observations observations = observations(Config.DEFAULT);
  long ids;

  Observations observations(Config config) {
    Diagnosis diagnosis = new Diagnosis(config, InstantSource.system(), recorder);
    return new Observations(diagnosis, recorder, new Guard("test", recorder), held);
  }

  Exchange sending(String path) {
    RequestHead head =
        new RequestHead("POST", URI.create("http://127.0.0.1:1" + path), Headers.NONE);
    Body list = Body.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}");
    return Exchange.sending(++ids, ClientKind.OKHTTP, Role.MCP, head, list, Instant.now());
  }

  static Exchange answered(Exchange exchange, int status) {
    Headers json = Headers.of("Content-Type", "application/json");
    return exchange.answered(new ResponseHead(status, json), SOON);
  }

  Exchange opened(Exchange exchange) {
    observations.sent(exchange);
    Headers type = Headers.of("Content-Type", "text/event-stream");
    Exchange open = exchange.answered(new ResponseHead(200, type), SOON);
    observations.answered(open);
    return open;
  }

  static Exchange wellDone(Exchange exchange) {
    Body result = Body.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
    return answered(exchange, 200).withResponseBody(result, SOON);
  }
}
