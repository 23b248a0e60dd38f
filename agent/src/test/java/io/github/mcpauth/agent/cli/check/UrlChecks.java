package io.github.mcpauth.agent.cli.check;

import io.github.mcpauth.agent.check.BytesServer.Request;
import io.github.mcpauth.agent.check.ModelServer;
import io.github.mcpauth.agent.cli.Typed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** {@code check <url>} of servers that differ in one thing from what the specification says. */
final class UrlChecks {

  /** Differs in nothing. */
  static final BiFunction<Request, ModelServer, @Nullable String> NOTHING =
      (request, server) -> null;

  static Typed check(String... words) {
    List<String> all = new ArrayList<>(List.of("check", "--timeout", "3"));
    all.addAll(List.of(words));
    return Typed.command(all.toArray(new String[0]));
  }

  /** Rules of errors and warnings, each once. */
  static List<String> rules(Typed typed) {
    return typed.lines().stream()
        .filter(line -> line.startsWith("error [") || line.startsWith("warning ["))
        .map(line -> line.substring(line.indexOf('[') + 1, line.indexOf(']')))
        .distinct()
        .toList();
  }

  static boolean isMcp(Request request) {
    return request.path().equals("/mcp");
  }

  static boolean isResource(Request request) {
    return request.path().startsWith("/.well-known/oauth-protected-resource");
  }

  static boolean isIssuer(Request request) {
    return request.path().equals("/.well-known/oauth-authorization-server");
  }

  static Map<String, Object> with(Map<String, Object> document, String member, Object value) {
    document.put(member, value);
    return document;
  }

  static Map<String, Object> without(Map<String, Object> document, String member) {
    document.remove(member);
    return document;
  }

  private UrlChecks() {}
}
