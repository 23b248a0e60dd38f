package io.github.mcpauth.it.equal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The comparison notices whatever was doctored, and the generator makes what it says. */
class RecordingTest {

  private static final Map<Integer, List<String>> SERVER =
      Map.of(1, List.of("POST /s1/mcp\r\n\r\n{}", "(closed by the client)"), 2, List.of("GET /"));
  private static final Recording TRUE =
      Recording.of("1 response 200\n1 body {}\n2 threw java.io.IOException: gone\n", SERVER);

  @Test
  void equalRecordingsDoNotDiffer() {
    Recording same =
        Recording.of("1 response 200\n1 body {}\n2 threw java.io.IOException: gone\n", SERVER);
    assertThat(TRUE.differing(same)).isEmpty();
  }

  @Test
  void aLineOfTheHostThatIsOtherMissingMoreOrElsewhereIsADifference() {
    for (String doctored :
        List.of(
            "1 response 201\n1 body {}\n2 threw java.io.IOException: gone\n",
            "1 body {}\n2 threw java.io.IOException: gone\n",
            "1 response 200\n1 body {}\n1 body {}\n2 threw java.io.IOException: gone\n",
            "1 body {}\n1 response 200\n2 threw java.io.IOException: gone\n")) {
      assertThat(TRUE.differing(Recording.of(doctored, SERVER))).containsExactly(1);
    }
    String other = "1 response 200\n1 body {}\n2 threw java.net.SocketException: gone\n";
    assertThat(TRUE.differing(Recording.of(other, SERVER))).containsExactly(2);
    assertThat(TRUE.differing(Recording.of("1 response 200\n1 body {}\n", SERVER)))
        .containsExactly(2);
    assertThat(TRUE.differing(Recording.of("mcpauth: a line of the agent's own\n", SERVER)))
        .contains(-1);
  }

  @Test
  void aByteARequestOrAConnectionThatIsOtherOnTheServersSideIsADifference() {
    List<List<String>> doctored =
        List.of(
            List.of("POST /s1/mcp\r\n\r\n{ }", "(closed by the client)"),
            List.of("POST /s1/mcp\r\n\r\n{}"),
            List.of("POST /s1/mcp\r\n\r\n{}", "POST /s1/mcp\r\n\r\n{}", "(closed by the client)"),
            List.of());
    for (List<String> requests : doctored) {
      Map<Integer, List<String>> server = new TreeMap<>(SERVER);
      server.put(1, requests);
      assertThat(TRUE.differing(new Recording(TRUE.host(), server))).containsExactly(1);
    }
    assertThat(TRUE.differing(new Recording(TRUE.host(), Map.of(1, SERVER.get(1)))))
        .containsExactly(2);
  }

  @Test
  void theFirstLineThatDiffersIsShown() {
    Map<Integer, List<String>> host = new TreeMap<>(TRUE.host());
    host.put(1, new ArrayList<>(List.of("response 200", "body {1}")));
    assertThat(TRUE.difference(1, new Recording(host, SERVER)))
        .contains("after 1 equal lines")
        .contains("without: host   body {}")
        .contains("with:    host   body {1}");
  }

  @Test
  void aSeedAlwaysMakesTheSameCallAndAllKindsOfCallsAreMade() {
    List<String> all = new ArrayList<>();
    for (int seed = 1; seed <= 400; seed++) {
      String call = Generator.call(seed).toString();
      assertThat(Generator.call(seed)).hasToString(call);
      all.add(call);
    }
    String made = String.join("\n", all);
    for (Object[] values :
        List.of(
            GeneratedCall.Content.values(),
            GeneratedCall.End.values(),
            GeneratedCall.Protocol.values(),
            GeneratedCall.Shape.values(),
            Reply.Framing.values(),
            EnumSet.range(Reply.Fault.NONE, Reply.Fault.NOT_HTTP).toArray())) {
      for (Object value : values) {
        assertThat(made).contains(value.toString());
      }
    }
    assertThat(made).contains("text/event-stream", "Content-Encoding: gzip", "Location: ");
  }
}
