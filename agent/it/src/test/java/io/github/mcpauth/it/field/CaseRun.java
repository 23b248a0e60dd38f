package io.github.mcpauth.it.field;

import io.github.mcpauth.rules.corpus.Answers;
import io.github.mcpauth.rules.corpus.Requests;
import io.github.mcpauth.rules.corpus.Secrets;
import io.github.mcpauth.rules.corpus.Words;
import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Plays the steps of one case: what the player of the corpus does with the rules alone. */
final class CaseRun {

  private static final long LONGEST_SECONDS = 20;
  private static final int ORDINARY_SIZE = 300;

  /** What was written to a stream is with the host by then. */
  private static final int ARRIVES_MILLIS = 300;

  private final int number;
  private final List<String> steps;
  private final ScriptedProxy proxy;
  private final Client jdk;
  private final Client okhttp;
  private final boolean onlyOkHttp;
  private final Semaphore turns;
  private final Secrets secrets = new Secrets(InstantSource.system());
  private final Map<String, Script> scripts = new HashMap<>();
  private final Map<String, Client.Sent> open = new HashMap<>();
  private String server;

  /**
   * @param turns lets few cases talk at the same time, so that none is slowed by the others
   */
  CaseRun(
      int number,
      List<String> steps,
      ScriptedProxy proxy,
      Client jdk,
      Client okhttp,
      boolean onlyOkHttp,
      Semaphore turns) {
    this.number = number;
    this.steps = steps;
    this.proxy = proxy;
    this.jdk = jdk;
    this.okhttp = okhttp;
    this.onlyOkHttp = onlyOkHttp;
    this.turns = turns;
    this.server = CaseHosts.of(number, Requests.SERVER);
  }

  void play() throws Exception {
    turns.acquire();
    try {
      for (int i = 0; i < steps.size(); i++) {
        String step = steps.get(i);
        if (step.startsWith("at ")) {
          server = step.substring(3).strip();
        } else if (step.startsWith("wait ")) {
          pause(Long.parseLong(step.substring(5).strip()));
        } else if (step.equals("close")) {
          return;
        } else if (step.contains(" -> ")) {
          boolean follows = i + 1 < steps.size() && isHop(steps.get(i + 1));
          for (int hop = i + 1; hop < steps.size() && isHop(steps.get(hop)); hop++) {
            i = hop;
          }
          exchange(step, follows ? steps.subList(steps.indexOf(step) + 1, i + 1) : List.of());
        } else {
          goesOn(new Words(step));
        }
      }
    } finally {
      turns.release();
    }
  }

  private static boolean isHop(String step) {
    return step.contains(" -> ") && new Words(step.split(" -> ")[0]).has("redirected");
  }

  private void pause(long seconds) throws InterruptedException {
    turns.release();
    try {
      TimeUnit.SECONDS.sleep(seconds);
    } finally {
      turns.acquire();
    }
  }

  /** Sends a request; a client that follows redirects sends those of the hops itself. */
  private void exchange(String step, List<String> hops) throws Exception {
    List<String> sides = Words.split(step, " -> ");
    Words request = new Words(sides.get(0));
    Words answer = new Words(sides.get(1));
    Script script = script(request, answer);
    boolean direct = answer.first().equals("!REFUSED"); // Nobody listens: not the proxy, either.
    if (!direct) {
      proxy.next(script);
    }
    for (String hop : hops) {
      List<String> its = Words.split(hop, " -> ");
      proxy.next(script(new Words(its.get(0)), new Words(its.get(1))));
    }
    RequestHead head = head(request);
    byte[] body = own(Requests.body(request, server)).getBytes(StandardCharsets.UTF_8);
    boolean timesOut = answer.first().equals("!TIMEOUT");
    long millis = Long.parseLong(answer.value("ms", timesOut ? "1000" : "0"));
    Client client = onlyOkHttp || request.has("okhttp") ? okhttp : jdk;
    Client.Sent sent = client.send(head, body, !hops.isEmpty(), timesOut ? millis : 0);
    String name = request.value("as", "");
    scripts.put(name, script);
    open.put(name, sent);
    if (!direct && !script.taken().await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      throw new TimeoutException("no request came: " + step);
    }
    if (answer.first().equals("!CANCELLED")) {
      Thread.sleep(millis);
      sent.drop();
    }
    boolean stays = answer.first().equals("none") || script.body() == null && script.head() != null;
    if (stays) {
      Thread.sleep(ARRIVES_MILLIS);
    } else {
      sent.done().get(LONGEST_SECONDS, TimeUnit.SECONDS);
    }
  }

  private RequestHead head(Words request) {
    RequestHead made = Requests.head(request, server, secrets);
    Headers headers = Headers.NONE;
    for (Header field : made.headers()) {
      headers = headers.plus(field.name(), own(field.value()));
    }
    int size = Integer.parseInt(request.value("size", "0"));
    headers =
        size > ORDINARY_SIZE ? headers.plus("X-Filler", "f".repeat(size - ORDINARY_SIZE)) : headers;
    return new RequestHead(made.method(), URI.create(own(made.url().toString())), headers);
  }

  private Script script(Words request, Words answer) {
    long millis = Long.parseLong(answer.value("ms", "5"));
    switch (answer.first()) {
      case "none", "!CANCELLED", "!TIMEOUT" -> {
        return Script.of(null, new byte[0], 0, false);
      }
      case "!CLOSED" -> {
        return answer.value("msg") == null
            ? Script.of(null, new byte[0], millis, true)
            : Script.noTls(Script.RESET);
      }
      case "!REFUSED", "!TLS" -> {
        return Script.noTls(Alerts.named(answer.value("msg", "")));
      }
      default -> {}
    }
    ResponseHead head = Answers.head(answer, server);
    StringBuilder lines = new StringBuilder("HTTP/1.1 " + head.status() + " X\r\n");
    for (Header field : head.headers()) {
      lines.append(field.name()).append(": ").append(own(field.value())).append("\r\n");
    }
    boolean opens = answer.has("opens");
    if (opens) {
      lines.append("Transfer-Encoding: chunked\r\n\r\n");
      return Script.of(lines.toString(), null, millis, false);
    }
    String text = own(Answers.body(answer, request, server, secrets));
    boolean event = answer.has("sse") && answer.has("ok");
    byte[] body = (event ? "data: " + text + "\n\n" : text).getBytes(StandardCharsets.UTF_8);
    boolean broken = answer.value("broken") != null;
    boolean given = head.headers().has("Content-Length");
    boolean bare = head.status() == 204 || head.status() == 304;
    if (!given && !bare) {
      int more = broken ? 100 : 0;
      lines.append("Content-Length: ").append(body.length + more).append("\r\n");
    }
    lines.append("\r\n");
    return Script.of(lines.toString(), bare ? new byte[0] : body, millis, broken || given);
  }

  private void goesOn(Words words) throws Exception {
    Script script = scripts.get(words.first());
    Client.Sent sent = open.get(words.first());
    String endpoint = words.value("endpoint");
    String result = words.value("result");
    if (endpoint != null) {
      script.events().add("event: endpoint\ndata: " + endpoint + "\n\n");
    } else if (result != null) {
      script
          .events()
          .add(
              "data: {\"jsonrpc\":\"2.0\",\"id\":"
                  + result
                  + ",\"result\":{\"protocolVersion\":\"2025-11-25\"}}\n\n");
    } else if (words.value("raw") != null) {
      script.events().add(unescaped(words.value("raw", "")));
    } else if (words.value("event") != null) {
      script.events().add("data: " + unescaped(words.value("event", "")) + "\n\n");
    } else if (words.has("comment")) {
      script.events().add(": keep-alive\n\n");
    } else if (words.has("ends")) {
      script.events().add(Script.END);
    } else if (words.has("drops")) {
      sent.drop();
    } else {
      script.events().add(Script.CUT);
    }
    Thread.sleep(ARRIVES_MILLIS);
  }

  private static String unescaped(String text) {
    return text.replace("\\r", "\r").replace("\\n", "\n");
  }

  /** With the hosts and the secrets of this case. */
  private String own(String text) {
    return CaseSecrets.of(number, CaseHosts.of(number, text));
  }
}
