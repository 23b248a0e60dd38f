package io.github.mcpauth.rules.reading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Sentences that name every cause there is, and so none. */
class BoilerplateTest {

  private static final String FIXED =
      "the provided authorization grant is invalid, expired, revoked, does not match the redirection"
          + " uri used in the authorization request, or was issued to another client";

  @Test
  void theyAreLeftOut() {
    assertThat(Boilerplate.without("invalid_grant " + FIXED + ".")).isEqualTo("invalid_grant .");
  }

  @Test
  void whatIsSaidBesideIsKept() {
    assertThat(Boilerplate.without(FIXED + ". the code was used before."))
        .isEqualTo(". the code was used before.");
  }

  @Test
  void wordsOfOnesOwnAreKept() {
    String own = "client authentication failed: the secret is wrong";
    assertThat(Boilerplate.without(own)).isEqualTo(own);
  }
}
