package io.github.mcpauth.demo;

import io.github.mcpauth.demo.server.Fault;
import io.github.mcpauth.demo.server.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Shows the four messages: what the host says, what the agent says, and what a fix makes of it.
 * Exits with 0 only if each step went as told.
 */
public final class Demo {

  /** One of the four messages. */
  private record Scene(Fault fault, String rule, boolean fixed, List<String> host) {}

  private static final List<Scene> SCENES =
      List.of(
          new Scene(Fault.HEADER_LIMIT, "request-headers-rejected", false, List.of()),
          new Scene(Fault.NO_HINT, "missing-resource-metadata", true, List.of()),
          new Scene(Fault.FORBIDDEN, "forbidden-on-connect", true, List.of()),
          new Scene(
              Fault.RECONNECT,
              "stale-token-after-auth",
              true,
              List.of("-Ddemo.token-at-start=true")));

  private static final Logger TOMCAT = Logger.getLogger("org.apache.catalina");

  private final Path agent;
  private final Path logs;
  private final List<String> rows = new ArrayList<>();
  private boolean asTold = true;

  private Demo(Path agent, Path logs) {
    this.agent = agent;
    this.logs = logs;
  }

  /** {@code Demo <agent jar> <folder for logs>}. */
  public static void main(String[] args) throws Exception {
    TOMCAT.setLevel(Level.SEVERE); // Its remarks on threads are about a server that stops.
    Demo demo = new Demo(Path.of(args[0]).toAbsolutePath(), Path.of(args[1]).toAbsolutePath());
    demo.run();
    System.exit(demo.asTold ? 0 : 1);
  }

  private void run() throws Exception {
    if (!Files.isRegularFile(agent)) {
      throw new IOException("no agent at " + agent + "; build it with mvn package");
    }
    Files.createDirectories(logs);
    say("");
    say(
        "Four hosts fail. Each runs without the agent, with it, and where there is a fix, with it on.");
    int number = 1;
    for (Scene scene : SCENES) {
      scene(number++, scene);
    }
    say("");
    say(String.format(Locale.ROOT, "%-14s %-40s %s", "fault", "the host says", "the agent"));
    say("-".repeat(98));
    rows.forEach(Demo::say);
    say("");
    say("Logs (JSON lines): " + logs);
    say("What a finding means:  java -jar " + agent.getFileName() + " explain <rule>");
    say(asTold ? "Everything went as told." : "Something did NOT go as told, see above.");
  }

  private void scene(int number, Scene scene) throws Exception {
    say("");
    say("[" + number + "/" + SCENES.size() + "] fault: " + scene.fault().label());
    int port = freePort();
    String url = "http://127.0.0.1:" + port + "/mcp";
    try (Server server = Server.start(port, scene.fault())) {
      HostRun bare = HostRun.without(scene.host(), url);
      show("without the agent", bare);
      row(scene, "without", bare, "-", !bare.connected());

      Path log = logs.resolve(scene.fault().label() + ".jsonl");
      HostRun watched = HostRun.with(agent, log, List.of(), scene.host(), url);
      show("with the agent", watched);
      boolean named = watched.findings().equals(List.of(scene.rule()));
      boolean same = watched.stdout().equals(bare.stdout());
      row(scene, "agent", watched, String.join(", ", watched.findings()), named && same);

      if (scene.fixed()) {
        String property = "autofix." + scene.rule() + "=on";
        Path fixLog = logs.resolve(scene.fault().label() + "-fixed.jsonl");
        // A desktop host: one person's.
        List<String> options = List.of(property, "users=one");
        HostRun fixed = HostRun.with(agent, fixLog, options, scene.host(), url);
        show("with " + property, fixed);
        row(scene, "fix on", fixed, "repaired it", fixed.connected());
      } else {
        say("    diagnosis only: the token itself must become smaller");
      }
    }
  }

  private static void show(String title, HostRun run) {
    say("  " + title + ":");
    run.stdout().lines().forEach(line -> say("    host   | " + line));
    run.stderr()
        .lines()
        .filter(line -> line.startsWith("mcpauth: "))
        .forEach(line -> say("    stderr | " + line));
  }

  private void row(Scene scene, String step, HostRun run, String agentSays, boolean ok) {
    asTold &= ok;
    String host = run.stdout().strip().replace("MCP server: ", "");
    String shown = host.length() > 38 ? host.substring(0, 35) + "..." : host;
    String label = step.equals("without") ? scene.fault().label() : "  " + step;
    String verdict = ok ? "" : "   <-- not as told";
    rows.add(String.format(Locale.ROOT, "%-14s %-40s %s%s", label, shown, agentSays, verdict));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
