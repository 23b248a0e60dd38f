package io.github.mcpauth.rules.fix;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.exchange.Cause;
import io.github.mcpauth.rules.exchange.Exchange;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which request is a fix's, and which is the host's. */
class ReplaysTest {

  private final Replays replays = new Replays();
  private final Replays.Step step =
      new Replays.Step(
          List.of(),
          new CompleteChallenge(),
          Continuation.TAKE,
          null,
          false,
          true,
          OAuthServer.tokenRequest("grant_type=authorization_code"),
          OAuthServer.tokenRequest("grant_type=authorization_code"));

  private static Exchange after(long parent, Cause cause) {
    return OAuthServer.tokenRequest("grant_type=authorization_code").causedBy(parent, cause);
  }

  @Test
  void whatAnAuthenticatorSendsFirstIsTheHosts() {
    replays.sent(7, step);
    assertThat(replays.before(after(7, Cause.AUTHENTICATE))).isNull();
    assertThat(replays.before(after(7, Cause.AUTOFIX))).isSameAs(step);
  }

  @Test
  void whatAClientMakesOfAFixesRequestIsTheFixes() {
    replays.sent(7, step);
    Exchange sent = after(7, Cause.AUTOFIX);
    replays.follows(sent, step);
    assertThat(replays.before(sent)).isNull();
    Exchange hop = after(sent.id(), Cause.REDIRECT);
    assertThat(replays.before(hop)).isSameAs(step);
    replays.over(hop);
    assertThat(replays.before(hop)).isNull();
  }
}
