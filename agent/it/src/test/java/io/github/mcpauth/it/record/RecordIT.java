package io.github.mcpauth.it.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.LogLines;
import io.github.mcpauth.it.harness.RawServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is in the log, and what is not. */
class RecordIT {

  private static final String LIST = "{'jsonrpc':'2.0','id':'a-1','method':'tools/list'}";

  @TempDir Path folder;

  @Test
  void secretsAreInTheClearOnlyWhereBothSettingsSaySo() {
    try (RawServer server = RawServer.answering(RecordIT::answer)) {
      String[] call = {server.url("/mcp"), LIST};
      ForkedJvm.Run unsafe =
          jvm("unsafe", call).set("capture", "everything").set("capture.unsafe", "true").run();
      assertThat(unsafe.log().lines().toString()).contains(Posts.TOKEN);
      ForkedJvm.Run half = jvm("half", call).set("capture", "everything").run();
      assertThat(half.log().lines().toString() + half.stderr()).doesNotContain(Posts.TOKEN);
      assertThat(half.log().events("http.exchange")).hasSize(1);
      ForkedJvm.Run minimal = jvm("minimal", call).set("capture", "minimal").run();
      JsonNode line = minimal.log().events("http.exchange").get(0);
      assertThat(line.toString()).doesNotContain("application/json").doesNotContain("refused!");
      assertThat(line.path("mcpauth.request.header_bytes").asInt()).isPositive();
      ForkedJvm.Run standard = jvm("standard", call).run();
      line = standard.log().events("http.exchange").get(0);
      assertThat(line.toString()).contains("application/json").contains("refused!");
      assertThat(standard.log().lines().toString()).doesNotContain(Posts.TOKEN);
    }
  }

  @Test
  void aCallOfAModelIsNotLoggedNorAnythingElseMade() throws IOException {
    try (RawServer server = RawServer.answering(RecordIT::answer)) {
      ForkedJvm.Run run =
          jvm(
                  "model",
                  server.url("/v1/messages"),
                  "{'model':'m','stream':true,'messages':[{'role':'user','content':'initialize'}]}",
                  server.url("/rpc"),
                  "{'jsonrpc':'2.0','id':1,'method':'eth_blockNumber'}")
              .run();
      assertThat(run.stdout().lines()).containsExactly("500", "500");
      assertThat(run.log().lines()).isEmpty();
      assertThat(run.stderr()).isEmpty();
    }
  }

  @Test
  void withoutASettingTheLogIsInTheUsersHome() throws IOException {
    Path home = Files.createDirectories(folder.resolve("home"));
    try (RawServer server = RawServer.answering(RecordIT::answer)) {
      ForkedJvm.Run run =
          jvm("default", server.url("/mcp"), LIST)
              .unset("log.file")
              .jvm("-Duser.home=" + home)
              .run();
      Path logs = home.resolve(".mcpauth").resolve("logs");
      LogLines log = LogLines.readFolder(logs);
      assertThat(log.events("http.exchange")).hasSize(1);
      assertThat(run.stderr()).contains("logging to " + logs);
    }
  }

  @Test
  void aFindingIsShownOnceAndItsRepetitionsAreFolded() {
    String result = "{\"jsonrpc\":\"2.0\",\"id\":\"a-1\",\"result\":{\"tools\":[]}}";
    String answer = RawServer.response(200, "Content-Type: application/json", result);
    try (RawServer server = RawServer.answering(request -> answer)) {
      List<String> calls = new ArrayList<>();
      for (String call : Collections.nCopies(5, LIST)) {
        calls.add(server.url("/mcp"));
        calls.add(call);
      }
      ForkedJvm.Run run =
          jvm("repeated", calls.toArray(new String[0])).set("headers.warn", "64").run();
      assertThat(run.log().findings()).containsExactly("oversized-request-headers");
      List<JsonNode> repeated = run.log().events("finding.repeated");
      assertThat(repeated.size()).isBetween(1, 3);
      JsonNode last = repeated.get(repeated.size() - 1);
      assertThat(last.path("mcpauth.count").asInt()).isEqualTo(5);
      assertThat(last.path("mcpauth.rule").asText()).isEqualTo("oversized-request-headers");
      assertThat(run.stderr().split("\\[oversized", -1)).hasSize(2);
    }
  }

  /** As a command line does: it says what the status was, and ends. */
  @ParameterizedTest
  @CsvSource({"431, request-headers-rejected", "429, rate-limited", "502, server-error"})
  void whatTheStatusAloneTellsIsFoundThoughTheHostEndsWithoutReadingTheBody(
      int status, String rule) {
    String text = "Content-Type: text/plain";
    try (RawServer server =
        RawServer.answering(request -> RawServer.response(status, text, "no"))) {
      ForkedJvm.Run run =
          ForkedJvm.in(folder.resolve("unread"))
              .classPath(ForkedJvm.testClasses())
              .main(StatusOnly.class, server.url("/mcp"))
              .run();
      assertThat(run.stdout().lines()).containsExactly(String.valueOf(status));
      assertThat(run.log().findings()).containsExactly(rule);
      assertThat(run.log().states()).startsWith("connecting").endsWith("failed");
    }
  }

  @Test
  void eachMessageOfABatchIsALineAndAnIdMayBeAString() {
    String batch =
        "[{'jsonrpc':'2.0','id':'b-1','method':'tools/list'},"
            + "{'jsonrpc':'2.0','id':2,'method':'tools/call','params':{'name':'greet'}},"
            + "{'jsonrpc':'2.0','method':'notifications/cancelled'}]";
    String answers =
        "[{'jsonrpc':'2.0','id':2,'error':{'code':-32602,'message':'no'}},"
            + "{'jsonrpc':'2.0','id':'b-1','result':{'tools':[]}}]";
    try (RawServer server =
        RawServer.answering(
            request ->
                RawServer.response(
                    200, "Content-Type: application/json", answers.replace('\'', '"')))) {
      ForkedJvm.Run run = jvm("batch", server.url("/mcp"), batch).run();
      assertThat(run.log().events("mcp.message"))
          .extracting(
              line ->
                  String.join(
                      " ",
                      line.path("mcpauth.direction").asText(),
                      line.path("mcp.method.name").asText(),
                      line.path("jsonrpc.request.id").asText(),
                      line.path("error.type").asText()))
          .containsExactly(
              "sent tools/list b-1 ",
              "sent tools/call 2 ",
              "sent notifications/cancelled  ",
              "received tools/call 2 -32602",
              "received tools/list b-1 ");
    }
  }

  private static String answer(RawServer.Request request) {
    return RawServer.response(500, "Content-Type: application/json", "{\"error\":\"refused!\"}");
  }

  private ForkedJvm jvm(String name, String... calls) {
    return ForkedJvm.in(folder.resolve(name))
        .classPath(ForkedJvm.testClasses())
        .main(Posts.class, calls);
  }
}
