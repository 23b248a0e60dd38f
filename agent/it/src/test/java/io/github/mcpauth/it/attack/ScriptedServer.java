package io.github.mcpauth.it.attack;

import io.github.mcpauth.it.harness.RawServer;
import io.github.mcpauth.it.harness.RawServer.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of a scenario: answers as it is written there, and keeps all that it received. */
final class ScriptedServer implements AutoCloseable {

  private static final int LONGEST_SECONDS = 30;

  /** One way to answer: {@code METHOD path condition… -> answer}. */
  private static final class Rule {
    private final String[] pattern;
    private final String answer;
    private final AtomicInteger used = new AtomicInteger();

    Rule(String line) {
      int arrow = line.indexOf(" -> ");
      if (arrow < 0) {
        throw new IllegalArgumentException("no answer: " + line);
      }
      pattern = line.substring(0, arrow).strip().split(" ");
      answer = line.substring(arrow + 4).strip();
    }
  }

  private final Words words;
  private final Map<String, ScriptedServer> all;
  private final RawServer server;
  private final String origin;
  private final List<Rule> rules = new ArrayList<>();

  /**
   * @param host the name or address that it is called by; an address is also where it listens
   */
  ScriptedServer(String host, List<String> lines, Words words, Map<String, ScriptedServer> all) {
    this.words = words;
    this.all = all;
    lines.forEach(line -> rules.add(new Rule(line)));
    boolean six = host.equals("[::1]") && hasVersion6(); // Else the scenario is as good as any.
    boolean address = host.matches("[\\d.]+") || host.equals("[::1]");
    server =
        RawServer.answering(
            six ? "::1" : address && !host.equals("[::1]") ? host : "127.0.0.1", this::answer);
    origin = address ? server.origin() : server.origin().replace("127.0.0.1", host);
  }

  String origin() {
    return origin;
  }

  private static boolean hasVersion6() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private String answer(Request request) {
    for (Rule rule : rules) {
      if (matches(request, rule)) {
        return Answers.of(request, origin, words.in(rule.answer));
      }
    }
    return RawServer.response(404, "", "");
  }

  private boolean matches(Request request, Rule rule) {
    String[] pattern = rule.pattern;
    String[] line = request.line().split(" ");
    String path = words.in(pattern[1]);
    boolean begins = path.endsWith("*");
    boolean there =
        begins ? line[1].startsWith(path.substring(0, path.length() - 1)) : line[1].equals(path);
    if (!there || !(pattern[0].equals("ANY") || pattern[0].equals(line[0]))) {
      return false;
    }
    String carried = String.valueOf(request.header("Authorization"));
    for (int i = 2; i < pattern.length; i++) {
      switch (pattern[i]) {
        case "bearer" -> {
          if (!carried.equals("Bearer " + words.in(pattern[++i]))) {
            return false;
          }
        }
        case "says" -> {
          if (!(request.head() + request.text()).contains(words.in(pattern[++i]))) {
            return false;
          }
        }
        case "once" -> {
          if (rule.used.getAndIncrement() > 0) {
            return false;
          }
        }
        case "after" -> {
          all.get(pattern[++i]).await(Integer.parseInt(pattern[++i]));
        }
        default -> throw new IllegalArgumentException("no condition: " + pattern[i]);
      }
    }
    return true;
  }

  /** Waits until it has received that many requests. */
  private void await(int requests) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    while (server.requests().size() < requests && System.nanoTime() < end) {
      try {
        TimeUnit.MILLISECONDS.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** What it received, one text a request: head, body, and what Basic credentials decode to. */
  List<String> received() {
    return server.requests().stream().map(ScriptedServer::text).toList();
  }

  private static String text(Request request) {
    String carried = String.valueOf(request.header("Authorization"));
    String decoded = "";
    if (carried.startsWith("Basic ")) {
      byte[] pair = Base64.getDecoder().decode(carried.substring(6));
      decoded = new String(pair, StandardCharsets.UTF_8);
    }
    return request.head() + request.text() + decoded;
  }

  @Override
  public void close() {
    server.close();
  }
}
