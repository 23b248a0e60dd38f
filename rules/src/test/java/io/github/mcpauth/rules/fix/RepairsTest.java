package io.github.mcpauth.rules.fix;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.exchange.Cause;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.ResponseHead;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which request is a fix's, and which is the host's. */
class RepairsTest {

  private final Repairs repairs = new Repairs();
  private final Repairs.Underway step =
      new Repairs.Underway(
          List.of(),
          new Enabled<>(new CompleteChallenge(), FixMode.ON, true),
          Continuation.TAKE,
          new ResponseHead(401, Headers.NONE),
          Body.NONE);

  private static Exchange after(long parent, Cause cause) {
    return OAuthServer.tokenRequest("grant_type=authorization_code").causedBy(parent, cause);
  }

  @Test
  void whatAnAuthenticatorSendsFirstIsTheHosts() {
    repairs.sent(7, step);
    assertThat(repairs.before(after(7, Cause.AUTHENTICATE))).isNull();
    assertThat(repairs.before(after(7, Cause.AUTOFIX))).isSameAs(step);
  }

  @Test
  void whatAClientMakesOfAFixesRequestIsTheFixes() {
    repairs.sent(7, step);
    Exchange sent = after(7, Cause.AUTOFIX);
    repairs.follows(sent, step);
    assertThat(repairs.before(sent)).isNull();
    Exchange hop = after(sent.id(), Cause.REDIRECT);
    assertThat(repairs.before(hop)).isSameAs(step);
    repairs.over(hop);
    assertThat(repairs.before(hop)).isNull();
  }
}
