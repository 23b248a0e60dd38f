package io.github.mcpauth.rules.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of words is well-formed, and the row that knows most wins. */
class WordTableTest {

  @Test
  void everyRowHasItsForm() {
    for (Wording row : WordTable.rows()) {
      assertThat(row.leg()).as(row.toString()).isIn("oauth", "mcp", "any", "client");
      assertThat(row.code()).as(row.toString()).matches("-|[a-z_]+|[1-5](xx|[0-9]{2})");
      assertThat(row.cause()).as(row.toString()).matches("[a-z0-9-]{3,}");
      assertThat(row.step()).as(row.toString()).matches("[a-z].{8,}[^.]");
      assertThat(row.source()).as(row.toString()).isNotBlank();
      assertThat(row.code().equals("-") && row.phrases().isEmpty())
          .as("a code or a phrase in %s", row)
          .isFalse();
      for (String phrase : row.phrases()) {
        assertThat(phrase)
            .as(row.toString())
            .isEqualTo(phrase.toLowerCase(Locale.ROOT))
            .isNotBlank();
        // Phrases are looked for as they are: nothing that looks like a regular expression.
        assertThat(phrase).as(row.toString()).doesNotContain(".*", "\\", "(?");
      }
    }
  }

  @Test
  void noTwoRowsAskForTheSame() {
    List<String> asked =
        WordTable.rows().stream()
            .map(row -> row.leg() + '|' + row.code() + '|' + Set.copyOf(row.phrases()))
            .toList();
    assertThat(asked).doesNotHaveDuplicates().hasSizeGreaterThan(300);
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_grant, AADSTS700082: expired due to inactivity, refresh-token-rejected",
    "400, invalid_client, AADSTS7000218: client_assertion or secret, client-is-confidential",
    "400, invalid_grant, AADSTS50076: use multi-factor, mfa-required",
    "400, invalid_request, AADSTS500766: no such number, entra-error",
    "400, redirect_uri_mismatch, The redirect_uri MUST match, redirect-uri",
    "400, consent_required, , consent-required",
    "400, invalid_request, the controller is gone,",
    "400, wibble, ,"
  })
  void theRowThatKnowsMostWins(
      int status, String code, @Nullable String words, @Nullable String cause) {
    Wording row = WordTable.of(answer(status, Role.TOKEN), new Said(code, words));
    assertThat(row == null ? null : row.cause()).isEqualTo(cause);
  }

  @ParameterizedTest
  @CsvSource({
    "403, 'missing roles: admin', permission",
    "403, 'the controller failed',",
    "404, 'no Route matched with those values', no-such-route",
    "401, 'Token has expired', expired"
  })
  void phrasesAreWordsOfTheirOwn(int status, String words, @Nullable String cause) {
    Wording row = WordTable.of(answer(status, Role.MCP), new Said(null, words));
    assertThat(row == null ? null : row.cause()).isEqualTo(cause);
  }

  private static Exchange answer(int status, Role role) {
    RequestHead head = new RequestHead("POST", URI.create("https://as.example/t"), Headers.NONE);
    return Exchange.sending(1, ClientKind.OKHTTP, role, head, Body.NONE, Instant.EPOCH)
        .answered(new ResponseHead(status, Headers.NONE), Duration.ZERO);
  }
}
