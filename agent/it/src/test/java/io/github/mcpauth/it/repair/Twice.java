package io.github.mcpauth.it.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.RawServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One host run twice, without and with a repair, against servers of its own each. Whatever the
 * test, no secret of it may be in the agent's log or on stderr, and nothing may fail inside.
 */
record Twice(Side off, Side on) {

  /** Each secret of these tests contains this. */
  static final String SECRET = "S3CRET";

  /** What the servers saw and the host said. */
  record Side(ForkedJvm.Run run, List<RawServer> servers) {

    /** The lines that the host printed; kotlin-logging greets there, too. */
    List<String> said() {
      return run.stdout().lines().filter(line -> !line.startsWith("kotlin-logging")).toList();
    }

    /** What a {@link PlainHost} printed of one of its clients, {@code jdk} or {@code okhttp}. */
    List<String> said(String client) {
      String prefix = client + " ";
      return said().stream()
          .filter(line -> line.startsWith(prefix))
          .map(line -> line.substring(prefix.length()))
          .toList();
    }

    /** What arrived at the server of one of a {@link PlainHost}'s clients. */
    List<RawServer.Request> wire(String client) {
      return servers.get(client.equals("jdk") ? 0 : 1).requests();
    }

    /** What arrived at the server that a {@link PlainHost} has no business with. */
    List<RawServer.Request> elsewhere() {
      return servers.get(2).requests();
    }

    /** What arrived at the first server. */
    List<RawServer.Request> wire() {
      return servers.get(0).requests();
    }

    /** The rules of the fixes that acted. */
    List<String> applied() {
      return run.log().events("fix.applied").stream()
          .map(line -> line.path("mcpauth.rule").asText())
          .toList();
    }

    /** The reasons of the fixes that did not. */
    List<String> skipped() {
      return run.log().events("fix.skipped").stream()
          .map(line -> line.path("mcpauth.fix.reason").asText())
          .toList();
    }
  }

  /** A server's behaviour, made anew for each side: servers remember. */
  interface Server extends Supplier<Function<RawServer.Request, String>> {}

  /** Makes a JVM run a host against servers at these origins. */
  interface Host {
    ForkedJvm in(ForkedJvm jvm, List<String> origins);
  }

  /**
   * @param fixes rules, switched on; {@code rule=mode} for another mode
   */
  static Twice run(Path folder, Host host, List<? extends Server> servers, String... fixes) {
    CompletableFuture<Side> off =
        CompletableFuture.supplyAsync(() -> side(folder.resolve("off"), host, servers));
    Side on = side(folder.resolve("on"), host, servers, fixes);
    return new Twice(off.join(), on);
  }

  static Twice run(Path folder, Host host, Server server, String... fixes) {
    return run(folder, host, List.of(server), fixes);
  }

  /** A {@link PlainHost} with these requests, each of its clients at a server of its own. */
  static Twice plain(Path folder, Server server, List<String> requests, String... fixes) {
    return run(folder, plain(requests), List.of(server, server, ELSEWHERE), fixes);
  }

  static Host plain(List<String> requests) {
    return (jvm, origins) -> {
      List<String> args = new ArrayList<>(origins);
      args.addAll(requests);
      return jvm.main(PlainHost.class, args.toArray(String[]::new));
    };
  }

  static final Server ELSEWHERE = () -> request -> RawServer.response(200, "", "elsewhere");

  /** One run alone. */
  static Side side(Path folder, Host host, List<? extends Server> servers, String... fixes) {
    List<RawServer> running = new ArrayList<>();
    try {
      for (Server server : servers) {
        running.add(RawServer.answering(server.get()));
      }
      ForkedJvm jvm = ForkedJvm.in(folder).set("users", "one"); // None of the hosts has two.
      for (String fix : fixes) {
        String[] parts = fix.split("=");
        jvm.set("autofix." + parts[0], parts.length > 1 ? parts[1] : "on");
      }
      ForkedJvm.Run run = host.in(jvm, running.stream().map(RawServer::origin).toList()).run();
      assertThat(run.log().events("agent.error")).isEmpty();
      assertThat(run.stderr()).doesNotContain(SECRET);
      noSecretIn(folder);
      return new Side(run, running);
    } finally {
      running.forEach(RawServer::close);
    }
  }

  private static void noSecretIn(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
        assertThat(Files.readString(file)).doesNotContain(SECRET);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
