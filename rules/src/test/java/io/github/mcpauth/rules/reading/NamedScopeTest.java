package io.github.mcpauth.rules.reading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scopes in the words of a refusal. */
class NamedScopeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Required scope: mcp:write | mcp:write",
        "Missing required scopes: a.read, a.write | a.read a.write",
        "The request requires higher privileges., scope: mcp | mcp",
        "This endpoint requires the file_content:read scope | file_content:read",
        "does not have the required scope \"files.read\". The owner can enable it | files.read",
        "needs scope [repo:read, repo:write]; log in | repo:read repo:write",
      })
  void theyAreRead(String text, String scopes) {
    assertThat(String.join(" ", NamedScope.in(new Said(null, text)))).isEqualTo(scopes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Insufficient scope for this resource",
        "The scope of this token does not allow it",
        "This is out of scope, see https://docs.example/errors",
        "You lack the permission docs:read",
      })
  void wordsThatAreNoneAreNot(String text) {
    assertThat(NamedScope.in(new Said(null, text))).isEmpty();
  }
}
