package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.engine.HostileHost.Step;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.exchange.FollowUp;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random exchanges: mostly what a server would say, with something broken in it. */
final class Fuzz {

  private static final int[] STATUSES = {
    200, 200, 200, 201, 202, 204, 301, 302, 303, 307, 308, 400, 401, 401, 403, 404, 405, 406, 407,
    413, 429, 431, 494, 500, 501, 502, 503, 522, 0, 999
  };
  private static final String[] NAMES = {
    "WWW-Authenticate", "Location", "Content-Type", "Mcp-Session-Id", "Retry-After", "Server",
    "Content-Encoding", "Date", "cf-mitigated", "Authorization", "MCP-Protocol-Version", "Cookie"
  };

  private final Random random;
  private final List<Step> requests = List.copyOf(Hostile.requests().values());
  private final List<byte[]> bodies;
  private final List<String> values = new ArrayList<>();

  Fuzz(Random random) {
    this.random = random;
    this.bodies = Hostile.bodies(random).stream().filter(body -> body.length < 4096).toList();
    values.addAll(Hostile.urls());
    values.addAll(Hostile.challenges());
    values.addAll(Hostile.types());
    values.removeIf(value -> value.length() > 4096);
    values.add("Bearer resource_metadata=\"https://mcp.example/.well-known/x\", scope=\"a b\"");
    values.add("Bearer error=\"insufficient_scope\", scope=\"a\"");
    values.add("Bearer error=\"invalid_token\"");
    values.add("https://mcp.example/login");
    values.add("/mcp/");
    values.add("s-1");
    values.add("2026-07-28");
    values.add("Bearer " + Hostile.TOKEN);
  }

  @Nullable FollowUp cause() {
    int pick = random.nextInt(12);
    return pick < FollowUp.values().length ? FollowUp.values()[pick] : null;
  }

  Step step() {
    Step step = requests.get(random.nextInt(requests.size()));
    RequestHead head = step.head().withHeaders(headers(step.head().headers()));
    Body body = random.nextInt(6) == 0 ? Body.of(body()) : step.body();
    Step changed = new Step(step.role(), head, body, null, Body.NONE, null);
    if (random.nextInt(6) == 0) {
      Failure.Kind[] kinds = Failure.Kind.values();
      return Hostile.failed(changed, kinds[random.nextInt(kinds.length)], value());
    }
    int status = STATUSES[random.nextInt(STATUSES.length)];
    Headers start = random.nextBoolean() ? Headers.NONE : Headers.of("Content-Type", "text/json");
    return Hostile.answered(changed, status, headers(start), body());
  }

  private Headers headers(Headers start) {
    List<Header> fields = new ArrayList<>(start.asList());
    for (int i = random.nextInt(4); i > 0; i--) {
      fields.add(new Header(NAMES[random.nextInt(NAMES.length)], value()));
    }
    if (!fields.isEmpty() && random.nextInt(4) == 0) {
      fields.remove(random.nextInt(fields.size()));
    }
    return Headers.of(fields);
  }

  private String value() {
    String value = values.get(random.nextInt(values.size()));
    return random.nextInt(4) == 0 ? new String(mutated(value), StandardCharsets.UTF_8) : value;
  }

  private byte[] body() {
    byte[] body = bodies.get(random.nextInt(bodies.size()));
    return random.nextInt(3) == 0 ? mutated(new String(body, StandardCharsets.UTF_8)) : body;
  }

  /** The text with a byte changed, cut off, or doubled. */
  private byte[] mutated(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8).clone();
    if (bytes.length == 0) {
      return bytes;
    }
    switch (random.nextInt(3)) {
      case 0 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      default -> bytes = (text + text).getBytes(StandardCharsets.UTF_8);
    }
    return bytes;
  }
}
