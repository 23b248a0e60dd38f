package io.github.mcpauth.agent.redact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Planted secrets in every place must be gone, and what people need must stay readable. */
class RedactorTest {

  private static final String CANARY = "canary7f3a9c2e51d8";

  private final Redactor redactor = new Redactor(Redactor.Level.DEFAULT, new Fingerprints());

  /** Words that name secrets, and other things as well. */
  private static final List<String> AMBIGUOUS =
      List.of(
          ("access auth authorization bearer code credential credentials key nonce opaque pass pat"
                  + " pin request secret secrets seed session sig sign signature state ticket"
                  + " token tokens username webhook")
              .split(" "));

  private String redact(Object value) {
    return redactor.redact(Map.of("field", value)).fields().toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer @",
        "Authorization: Basic @",
        "authorization: @",
        "Proxy-Authorization: Digest @",
        "Cookie: a=1; session=@",
        "Set-Cookie: sid=@; Path=/",
        "X-Api-Key: @",
        "api_key: @",
        "Mcp-Session-Id: @",
        "DPoP: @",
        "X-Auth-Token: @",
        "Location: https://h/cb?code=@&state=x",
        "Location: /cb#access_token=@",
        "Link: <https://h/?token=@>",
        "X-Unknown: @",
        "Mcp-Param-Query: @",
        "baggage: user=@",
        "X-Amz-Security-Token: @",
        "Last-Event-ID: @"
      })
  void headersShowNoSecret(String line) {
    int colon = line.indexOf(':');
    String value = line.substring(colon + 2).replace("@", CANARY);
    assertThat(redact(Headers.of(line.substring(0, colon), value))).doesNotContain(CANARY);
  }

  /** As {@code Arrays.toString} has an array of characters, or of bytes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Login(user=u, password=[h, u, 9, t, e, r], x=1)",
        "Login[password=[104, 117, 57, 116, -101, 114]]",
        "password: (h,u,9,t,e,r)"
      })
  void charactersOfASecretAreHiddenOneByOne(String text) {
    String safe = String.valueOf(redactor.redact(Map.of("text", text)).fields().get("text"));
    assertThat(safe).doesNotContain("u, 9", "117", "u,9").contains("password");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Tool(name=\"x\", tokens=[1, 2, 3, 4, 5])",
        "the field 'region' rejected value [eu-west]",
        "propertyPath=region, invalidValue=europe",
        "tests_passed=unitone",
        "password: see \"Resetting\" in the manual",
        "request 3f2b8c1e-7f5e-4f4c-9d7b-0f6f2e1c9a11 failed"
      })
  void whatOnlyLooksLikeASecretStays(String text) {
    assertThat(redactor.redact(Map.of("text", text)).fields().get("text")).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:@@h/mcp",
        "https://h/mcp?code=@",
        "https://h/mcp?a=b&Access_Token=@",
        "https://h/mcp?client%5Fsecret=@",
        "https://h/cb#id_token=@",
        "https://h/a;jsessionid=@",
        "https://h/x?redirect=https%3A%2F%2Fi%2F%3Ftoken%3D@",
        "https://h/u/aB3dE5fG7hI9jK1lM3nO/@",
        "https://h/?sessionId=@",
        "https://h/?X-Amz-Signature=@",
        "https://h/?api-key=@",
        "https://h/?state=code_challenge_method=S256&code_challenge=@",
        "https://h/?code_challenge_method=S256&code_challenge_method=plain&code_challenge=@"
      })
  void urlsShowNoSecret(String url) {
    String planted =
        url.startsWith("https://user")
            ? "https://user:" + CANARY + "@h/mcp"
            : url.replace("@", CANARY);
    if (url.contains("/u/")) {
      assertThat(redact(URI.create(url.replace("/@", "")))).doesNotContain("aB3dE5fG7hI9jK1lM3nO");
    } else {
      assertThat(redact(URI.create(planted))).doesNotContain(CANARY);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"access_token\":\"@\"}",
        "{\"a\":{\"b\":[{\"refreshToken\":\"@\"}]}}",
        "{\"client_secret\":\"@\"}",
        "{\"registration_access_token\":\"@\"}",
        "{\"\\u0061ccess_token\":\"@\"}",
        "{\"password\":\"@\"}",
        "{\"code\":\"@\"}",
        "{\"error_description\":\"token @ is unknown: Bearer @\"}",
        "{\"id_token\":{\"x\":\"@\"}}",
        "{\"msg\":\"password=@\"}",
        "{\"msg\":\"https://h/?code=@\"}"
      })
  void jsonShowsNoSecret(String json) {
    Body body = Body.of(json.replace("@", CANARY));
    assertThat(redact(new Document.Json(body))).doesNotContain(CANARY);
    assertThat(redact(new Document.Text(body))).doesNotContain(CANARY);
  }

  @Test
  void formsShowNoSecretAndKeepWhatIsNone() {
    String form = "grant_type=authorization_code&code=" + CANARY + "&code%5Fverifier=" + CANARY;
    String safe = redact(new Document.Form(Body.of(form + "&redirect_uri=http%3A%2F%2Fl%2Fcb")));
    assertThat(safe).doesNotContain(CANARY).contains("authorization_code", "http://l/cb");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "invalid header value: \"Bearer @\"", "access_token=@", "\"refresh_token\": \"@\"",
        "failed for https://user:@@h/", "eyJhbGciOiJub25lIn0.@.sig", "Authorization: @",
        "client_secret '@' rejected: client_secret=@"
      })
  void freeTextShowsNoSecret(String text) {
    String planted = text.replace("@@", CANARY + "@").replace("@", CANARY);
    planted = text.contains("user:") ? "failed for https://user:" + CANARY + "@h/" : planted;
    if (text.contains("'@'")) {
      planted = "rejected: client_secret=" + CANARY;
    }
    assertThat(redact(planted)).doesNotContain(CANARY);
  }

  @Test
  void whatWasSeenAsASecretIsMaskedWhereverItTurnsUpLater() {
    redact(Headers.of("Authorization", "Bearer " + CANARY));
    assertThat(redact("no such thing: " + CANARY)).doesNotContain(CANARY).contains("[fp:");
    assertThat(redact(List.of(Map.of("deep", "x" + CANARY + "y")))).doesNotContain(CANARY);
  }

  @Test
  void anEchoInTheSameRecordIsMaskedEvenIfItComesFirst() {
    Map<String, Object> raw = new LinkedHashMap<>();
    raw.put("message", "echo " + CANARY);
    raw.put("headers", Headers.of("Cookie", "a=" + CANARY));
    assertThat(redactor.redact(raw).fields().toString()).doesNotContain(CANARY);
  }

  @Test
  void whatIsBeforeTheNameOfAHostIsNotShown() {
    String safe = redact(Headers.of("Host", "u:" + CANARY + "@h.example:8443"));
    assertThat(safe).doesNotContain(CANARY).contains("h.example:8443");
  }

  @Test
  void aBodyThatIsNotWhatItSaysIsNotShown() {
    Body broken = Body.of("{\"access_token\":\"" + CANARY);
    assertThat(redact(new Document.Json(broken))).doesNotContain(CANARY);
  }

  @Test
  void falseFriendsStayReadable() {
    String json =
        "{\"token_endpoint\":\"https://as/token\",\"token_type\":\"Bearer\",\"scope\":\"a b\","
            + "\"code_challenge_methods_supported\":[\"S256\"],\"client_id\":\"c1\","
            + "\"token_endpoint_auth_methods_supported\":[\"none\"],\"error\":\"invalid_grant\"}";
    assertThat(redact(new Document.Json(Body.of(json))))
        .contains("https://as/token", "Bearer", "a b", "S256", "c1", "none", "invalid_grant")
        .doesNotContain("[fp:");
    assertThat(redact("MCP, Authorization: Protected Resource")).doesNotContain("[fp:");
    String challenge =
        "Bearer resource_metadata=\"https://h/.well-known/oauth-protected-resource\"";
    assertThat(redact(Headers.of("WWW-Authenticate", challenge))).contains(challenge);
  }

  @Test
  void wordsThatSomebodySendsAsSecretsStayReadableInOurTexts() {
    for (String word : List.of("challenge", "access_token", "invalid_grant", "server")) {
      redact(Headers.of("Authorization", "Bearer " + word, "X-Api-Key", word));
      redact(new Document.Json(Body.of("{\"token_type\":\"x\",\"password\":\"" + word + "\"}")));
    }
    String text =
        "The server's Bearer challenge does not name code_challenge_methods_supported;"
            + " it said invalid_grant to an access_token of exchange 3";
    assertThat(redact(text)).contains(text);
  }

  @Test
  void theCodeOfAnErrorIsNone() {
    String error =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32602,\"data\":{\"code\":\"E_BAD\"}}}";
    redactor.learn(error.getBytes(UTF_8));
    assertThat(redact("-32602 E_BAD")).contains("-32602 E_BAD");
    Body body = Body.of("{\"code\":\"rate_limited\",\"message\":\"no\"}");
    assertThat(redact(new Document.Text(body))).contains("rate_limited");
    Body gateway = Body.of("error code: 1010");
    assertThat(redact(new Document.Text(gateway))).contains("error code: 1010");
    assertThat(redact("error code: 1010, code: 483920")).contains("1010").doesNotContain("483920");
  }

  @Test
  void peopleStillSeeWhatIsWrong() {
    String metadata =
        "{\"issuer\":\"https://as.example/tenants/6f1e2d3c-0b4a-4c5d-8e6f-102938475610\","
            + "\"token_endpoint\":\"https://as.example/oauth2/v1/token\","
            + "\"scopes_supported\":[\"mcp:tools\",\"offline_access\"]}";
    assertThat(redact(new Document.Json(Body.of(metadata))))
        .contains("6f1e2d3c-0b4a-4c5d-8e6f-102938475610", "oauth2/v1/token", "mcp:tools");
    String form = "grant_type=refresh_token&client_id=aB3dE5fG7hI9jK1lM3nO&scope=mcp%3Atools";
    assertThat(redact(new Document.Form(Body.of(form))))
        .contains("refresh_token", "aB3dE5fG7hI9jK1lM3nO", "mcp:tools");
    assertThat(redact("unknown client aB3dE5fG7hI9jK1lM3nO")).contains("aB3dE5fG7hI9jK1lM3nO");
    String url = "https://mcp.example.com/v1/projects/2025-11-25/getting-started?region=eu";
    assertThat(redact(URI.create(url))).contains(url);
  }

  @Test
  void theSameSecretHasTheSameFingerprintInThisProcessOnly() {
    String first = redact(Headers.of("Mcp-Session-Id", CANARY));
    assertThat(redact(Headers.of("Authorization", "Bearer " + CANARY)))
        .contains(first.replaceAll(".*(\\[fp:[0-9a-f]{12} len=18]).*", "$1"));
    assertThat(new Fingerprints().of(CANARY)).isNotEqualTo(new Fingerprints().of(CANARY));
  }

  @Test
  void minimalShowsNeitherBodiesNorHeaderValues() {
    Redactor minimal = new Redactor(Redactor.Level.MINIMAL, new Fingerprints());
    Map<String, Object> raw = new LinkedHashMap<>();
    raw.put("headers", Headers.of("Accept", "application/json", "X-Api-Key", CANARY));
    raw.put("body", new Document.Json(Body.of("{\"scope\":\"read\"}")));
    raw.put("text", "echo " + CANARY);
    String safe = minimal.redact(raw).fields().toString();
    assertThat(safe).doesNotContain(CANARY, "application/json", "read").contains("accept");
  }

  @Test
  void everyNameAndSchemeIsKnownBeforeItsValueInFreeText() {
    String secret = "x7Qp2vRt9k"; // Too short to be seen by itself.
    for (String name : AMBIGUOUS) {
      for (String between : new String[] {"=", ": ", " = ", "\": \"", "'  :\t'"}) {
        String text = "it said " + name.toUpperCase(Locale.ROOT) + between + secret + "!";
        assertThat(redact(text)).as(text).doesNotContain(secret);
      }
    }
    for (String scheme : TellingWords.SCHEMES) {
      for (String space : new String[] {" ", "\t", "\n ", "   "}) {
        String text = "it said " + scheme + space + secret;
        assertThat(redact(text)).as(text).doesNotContain(secret);
      }
    }
    Redactor other = new Redactor(Redactor.Level.DEFAULT, new Fingerprints());
    String text = "it said " + secret;
    assertThat(other.redact(Map.of("field", text)).fields()).containsEntry("field", text);
  }
}
