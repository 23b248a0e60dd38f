package io.github.mcpauth.it.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.HangingServer;
import io.github.mcpauth.it.harness.Jdks;
import io.github.mcpauth.it.harness.RawServer;
import io.github.mcpauth.it.harness.RawServer.Request;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replays that hang: the host's thread does not, and its own time covers both attempts. */
class BrokenOffIT {

  private static final String STALE = "stale-token-after-auth";

  @TempDir Path folder;

  /** Refuses calls without the newest token, and leaves those with it hanging; refreshes too. */
  private static String hanging(Request request) {
    boolean refresh = request.text().contains("grant_type=refresh_token");
    String oauth = refresh ? null : FakeOAuth.orNull(request);
    if (oauth != null) {
      return oauth;
    }
    boolean newest = ("Bearer " + FakeOAuth.NEW).equals(request.header("Authorization"));
    return refresh || newest || request.is("POST", "/mcp?first")
        ? RawServer.NONE
        : RawServer.response(401, "WWW-Authenticate: " + FakeOAuth.challenge(request), "log in");
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aHostThatGivesUpDuringAReplaySeesWhatItWouldSeeOfAFirstAttempt() {
    for (Path jdk : Jdks.all()) {
      Path work = folder.resolve("java-" + Jdks.feature(jdk));
      ForkedJvm bare = ForkedJvm.in(work.resolve("bare")).withoutAgent();
      ForkedJvm watched =
          ForkedJvm.in(work.resolve("watched")).set("autofix." + STALE, "on").set("users", "one");
      ForkedJvm.Run without = run(bare.javaHome(jdk), "/mcp?first");
      ForkedJvm.Run with = run(watched.javaHome(jdk), "/mcp");
      assertThat(without.stdout().lines())
          .containsExactly(
              "interrupt: hanging",
              "interrupt: InterruptedException, interrupted: false",
              "interrupt: closed",
              "cancel: hanging",
              "cancel: IOException, interrupted: false",
              "cancel: closed");
      assertThat(with.stdout()).as(with.stderr()).isEqualTo(without.stdout());
      assertThat(with.log().events("agent.error")).isEmpty();
      assertThat(with.log().events("http.exchange"))
          .filteredOn(line -> line.path("mcpauth.exchange.cause").asText().equals("autofix"))
          .extracting(line -> line.path("mcpauth.failure").asText())
          .containsExactly("cancelled", "cancelled");
    }
  }

  /** What the agent holds back until another request's answer is there, is no prison either. */
  @Test
  void aHostThatGivesUpWhileARefreshWaitsForAnotherIsLetGo() {
    ForkedJvm jvm = ForkedJvm.in(folder).set("autofix.refresh-token-race", "on");
    try (HangingServer hanging = new HangingServer(BrokenOffIT::hanging)) {
      RawServer server = hanging.server();
      ForkedJvm.Run run = jvm.main(HangingProgram.class, server.origin(), "/token").run();
      assertThat(run.stdout().lines())
          .as(run.stderr())
          .containsExactly(
              "first: hanging",
              "interrupt: waiting",
              "interrupt: InterruptedException, interrupted: false",
              "first: hanging",
              "cancel: waiting",
              "cancel: IOException, interrupted: false");
      assertThat(server.requests())
          .filteredOn(request -> request.text().contains("grant_type=refresh_token"))
          .as("the second did not leave")
          .hasSize(2);
      assertThat(run.log().events("agent.error")).isEmpty();
    }
  }

  private static ForkedJvm.Run run(ForkedJvm jvm, String path) {
    try (HangingServer hanging = new HangingServer(BrokenOffIT::hanging)) {
      return jvm.main(HangingProgram.class, hanging.server().origin(), path).run();
    }
  }

  /** The first answer takes 4 s of the host's 8; were the replay given 8 again, it would be 12. */
  @Test
  void theHostsOwnTimeCoversTheFirstAttemptAndTheReplayTogether() {
    try (RawServer server =
        RawServer.answering(
            request -> {
              String oauth = FakeOAuth.orNull(request);
              if (oauth != null) {
                return oauth;
              }
              if (("Bearer " + FakeOAuth.NEW).equals(request.header("Authorization"))) {
                return RawServer.NONE;
              }
              pause(request.is("POST", "/mcp?session=slow") ? 4000 : 0);
              return RawServer.response(
                  401, "WWW-Authenticate: " + FakeOAuth.challenge(request), "log in");
            })) {
      ForkedJvm.Run run =
          ForkedJvm.in(folder)
              .set("autofix." + STALE, "on")
              .set("users", "one")
              .main(TimeoutProgram.class, server.origin(), "8", "11")
              .run();
      assertThat(run.stdout().lines())
          .as(run.stderr())
          // Not the 401 from before the replay: by now the call may have run.
          .containsExactly("send: failed", "sendAsync: failed", "execute: failed");
      assertThat(server.requests())
          .filteredOn(request -> request.is("POST", "/mcp?session=slow"))
          .as("each was replayed")
          .hasSize(6);
      assertThat(run.log().events("agent.error")).isEmpty();
    }
  }
}
