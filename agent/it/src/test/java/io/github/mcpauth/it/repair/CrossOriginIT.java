package io.github.mcpauth.it.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.Jdks;
import io.github.mcpauth.it.harness.RawServer;
import io.github.mcpauth.it.harness.RawServer.Request;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Ways to make a client take what belongs to one origin to another, each on both clients: without
 * the fix it arrives there, with it nothing does.
 */
class CrossOriginIT {

  private static final String FIX = "credential-sent-to-wrong-origin";
  private static final int OTHERS = 300; // More than any table of recent exchanges holds.

  private static final String[] UNLISTED = {
    "X-Pat: " + Twice.SECRET,
    "Key: " + Twice.SECRET,
    "X-Access: " + Twice.SECRET,
    "X-Forwarded-Client-Cert: Hash=" + Twice.SECRET,
    "X-Acme: " + Twice.SECRET + "Zx81kQ0vT7pLm2"
  };

  /** What is tried, and on which clients it works without the fix. */
  enum Scenario {
    UNLISTED_NAMES(List.of("jdk", "okhttp"), UNLISTED),
    A_HOST_THAT_URI_CANNOT_PARSE(List.of("okhttp"), UNLISTED),
    A_RETRY_AT_THE_TARGET(List.of("okhttp"), UNLISTED),
    AN_AUTHENTICATOR_AT_THE_TARGET(List.of("jdk", "okhttp"), "Accept-Language: en"),
    MANY_OTHER_EXCHANGES(List.of("jdk", "okhttp"), UNLISTED),
    A_TOKEN_REQUEST(List.of("jdk", "okhttp"), UNLISTED);

    private final List<String> leaking;
    private final String[] headers;

    Scenario(List<String> leaking, String... headers) {
      this.leaking = leaking;
      this.headers = headers;
    }

    private List<String> requests() {
      String options =
          switch (this) {
            case AN_AUTHENTICATOR_AT_THE_TARGET -> "follow,authenticates";
            case MANY_OTHER_EXCHANGES -> "follow,busy";
            default -> "follow";
          };
      if (this != A_TOKEN_REQUEST) {
        return List.of(Requests.post(options, "@/mcp?@@/x", Requests.CALL, headers));
      }
      List<String> requests = new ArrayList<>();
      requests.add(Requests.post("-", "@/mcp", Requests.INITIALIZE));
      requests.add(Requests.get("@" + FakeOAuth.RESOURCE + "/mcp"));
      requests.add(Requests.get("@" + FakeOAuth.SERVER));
      String form = "grant_type=refresh_token&refresh_token=" + Twice.SECRET + "&client_id=it";
      requests.add(Requests.form(options, "@/token?@@/x", form, headers));
      return requests;
    }
  }

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void nothingOfTheCallReachesAnotherOrigin(Scenario scenario) {
    for (Path jdk : Jdks.all()) {
      Path here = folder.resolve("jdk" + Jdks.feature(jdk));
      Twice.Host host = (jvm, to) -> Twice.plain(scenario.requests()).in(jvm.javaHome(jdk), to);
      Twice twice = run(scenario, host, here);
      assertThat(twice.off().elsewhere()).filteredOn(CrossOriginIT::leaks).isNotEmpty();
      assertThat(twice.off().elsewhere().stream().filter(CrossOriginIT::leaks).count())
          .isGreaterThanOrEqualTo(scenario.leaking.size());
      assertThat(twice.on().elsewhere()).noneMatch(CrossOriginIT::leaks);
      assertThat(twice.on().applied()).contains(FIX);
      if (scenario == Scenario.MANY_OTHER_EXCHANGES) {
        assertThat(twice.on().wire("jdk")).hasSizeGreaterThan(OTHERS);
        assertThat(twice.on().wire("okhttp")).hasSizeGreaterThan(OTHERS);
      }
    }
  }

  /** The servers of one side: its target answers once enough else has gone by. */
  private static Twice run(Scenario scenario, Twice.Host host, Path folder) {
    return Twice.run(
        folder,
        host,
        List.of(
            () -> request -> home(request, scenario),
            () -> request -> home(request, scenario),
            () -> elsewhere(scenario)),
        FIX);
  }

  private static boolean leaks(Request request) {
    return (request.head() + request.text()).contains(Twice.SECRET)
        || request.header("Authorization") != null
        || request.header("Cookie") != null;
  }

  private static String home(Request request, Scenario scenario) {
    String path = FakeOAuth.path(request);
    int query = path.indexOf('?');
    if (query < 0) {
      String oauth = FakeOAuth.orNull(request);
      String hint = "WWW-Authenticate: " + FakeOAuth.challenge(request);
      boolean other = request.text().equals(Requests.LIST);
      return other
          ? FakeOAuth.json("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}")
          : oauth == null ? RawServer.response(401, hint, "") : oauth;
    }
    String target = path.substring(query + 1);
    boolean unparsable = scenario == Scenario.A_HOST_THAT_URI_CANNOT_PARSE;
    return RawServer.response(
        307, "Location: " + (unparsable ? target.replace("127.0.0.1", "evil_host") : target), "");
  }

  private static Function<Request, String> elsewhere(Scenario scenario) {
    AtomicInteger asked = new AtomicInteger();
    return request -> {
      boolean first = asked.getAndIncrement() % 2 == 0;
      boolean begins = FakeOAuth.path(request).equals("/x");
      return switch (scenario) {
        case A_RETRY_AT_THE_TARGET ->
            first ? RawServer.response(408, "", "") : RawServer.response(200, "", "elsewhere");
        case AN_AUTHENTICATOR_AT_THE_TARGET ->
            request.header("Authorization") == null
                ? RawServer.response(401, "WWW-Authenticate: Basic realm=\"it\"", "")
                : RawServer.response(200, "", "elsewhere");
        case MANY_OTHER_EXCHANGES -> {
          if (!begins) {
            yield RawServer.response(200, "", "elsewhere");
          }
          pause();
          yield RawServer.response(307, "Location: /y", "");
        }
        default -> RawServer.response(200, "", "elsewhere");
      };
    };
  }

  /** Long enough for {@link #OTHERS} more exchanges of the host. */
  private static void pause() {
    try {
      TimeUnit.SECONDS.sleep(12);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
