package io.github.mcpauth.it.harm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.RawServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log is for programs, whatever language the host speaks. */
class LocaleIT {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Duser.language=tr -Duser.country=TR",
        "-Duser.language=ar -Duser.country=EG",
        "-Duser.language=th -Duser.country=TH -Duser.extensions=u-nu-thai-ca-buddhist"
      })
  void theLogIsTheSameInEveryLanguage(String locale) {
    String challenge = "WWW-Authenticate: BEARER REALM=\"x\"\nTITLE: i";
    try (RawServer server =
        RawServer.answering(request -> RawServer.response(401, challenge, "INITIALIZE"))) {
      ForkedJvm.Run english = calls("en", "-Duser.language=en -Duser.country=US", server);
      ForkedJvm.Run other = calls("other", locale, server);
      assertThat(other.stdout()).contains("answers: 1");
      assertThat(other.log().findings()).containsExactly("missing-resource-metadata");
      assertThat(stable(other)).isEqualTo(stable(english));
      assertThat(other.stderr().replace("/other/", "/en/")).isEqualTo(english.stderr());
      assertThat(other.log().lines())
          .extracting(line -> line.path("@timestamp").asText())
          .allMatch(time -> time.matches("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z"));
    }
  }

  /**
   * Without what differs from run to run; the rules may hear of a message before its line is due.
   */
  private static List<String> stable(ForkedJvm.Run run) {
    return run.log().lines().stream().map(line -> stable(line.toString())).sorted().toList();
  }

  private static String stable(String line) {
    return line.replaceAll("\"(@timestamp|mcpauth.run.id)\":\"[^\"]*\"", "")
        .replaceAll("\"(process.pid|mcpauth.seq|mcpauth.duration_ms)\":[0-9.]+", "")
        .replaceAll("[0-9.]+ ms", "ms")
        .replaceAll("fp:[0-9a-f]+", "fp")
        .replace("/other/", "/en/");
  }

  private ForkedJvm.Run calls(String name, String locale, RawServer server) {
    return ForkedJvm.in(folder.resolve(name))
        .classPath(ForkedJvm.testClasses())
        .jvm(locale.split(" "))
        .main(ManyCalls.class, server.url("/mcp"), "1")
        .run();
  }
}
