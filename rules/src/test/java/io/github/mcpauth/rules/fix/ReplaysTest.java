package io.github.mcpauth.rules.fix;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.FollowUp;
import io.github.mcpauth.rules.http.Body;
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

  private static Exchange after(long parent, FollowUp cause) {
    return OAuthServer.tokenRequest("grant_type=authorization_code").following(parent, cause);
  }

  @Test
  void whatAnAuthenticatorSendsFirstIsTheHosts() {
    replays.sent(7, step);
    assertThat(replays.before(after(7, FollowUp.AUTHENTICATE))).isNull();
    assertThat(replays.before(after(7, FollowUp.AUTOFIX))).isSameAs(step);
  }

  @Test
  void whileMuchIsUnderWayNoFixBeginsToAct() {
    Exchange large =
        OAuthServer.tokenRequest("grant_type=authorization_code")
            .withRequestBody(Body.of(new byte[1 << 20]));
    for (int i = 0; i < 4; i++) {
      assertThat(replays.mayAct(1, "session-lost")).isTrue();
      replays.sent(
          i,
          new Replays.Step(
              List.of(),
              new CompleteChallenge(),
              Continuation.TAKE,
              null,
              true,
              false,
              large,
              large));
    }
    assertThat(replays.mayAct(1, "session-lost")).isFalse();
    replays.unsent(0);
    assertThat(replays.mayAct(1, "session-lost")).isTrue();
  }

  /** A host with hundreds of calls at once: an answer to a request of ours is nobody else's. */
  @Test
  void nothingThatIsOnItsWayIsForgottenForMore() {
    for (int i = 0; i < 1000 && replays.mayAct(i, "session-lost"); i++) {
      replays.sent(i, step);
    }
    assertThat(replays.before(after(0, FollowUp.AUTOFIX))).isSameAs(step);
    assertThat(replays.mayAct(1000, "session-lost")).isFalse();
    replays.unsent(0);
    assertThat(replays.mayAct(1000, "session-lost")).isTrue();
  }

  @Test
  void whatAClientMakesOfAFixesRequestIsTheFixes() {
    replays.sent(7, step);
    Exchange sent = after(7, FollowUp.AUTOFIX);
    replays.follows(sent, step);
    assertThat(replays.before(sent)).isNull();
    Exchange hop = after(sent.id(), FollowUp.REDIRECT);
    assertThat(replays.before(hop)).isSameAs(step);
    replays.over(hop);
    assertThat(replays.before(hop)).isNull();
  }
}
