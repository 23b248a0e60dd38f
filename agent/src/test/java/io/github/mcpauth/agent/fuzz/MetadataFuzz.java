package io.github.mcpauth.agent.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.json.Json;
import io.github.mcpauth.rules.oauth.AuthorizationServerMetadata;
import io.github.mcpauth.rules.oauth.OAuthError;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import io.github.mcpauth.rules.oauth.RegistrationResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Any document is read; none is made of what is no JSON object; what is written reads the same. */
class MetadataFuzz {

  @FuzzTest(maxDuration = "3s")
  void metadata(byte[] data) throws IOException {
    Body body = Body.of(data);
    Object read =
        new Object[] {
              ProtectedResourceMetadata.parse(body),
              AuthorizationServerMetadata.parse(body),
              OAuthError.of(body),
              RegistrationResponse.parse(body)
            }
            [data.length % 4];
    AuthorizationServerMetadata.flaw(body);
    Object json;
    try {
      json = Json.read(data);
    } catch (IOException e) {
      assertThat(read).isNull();
      return;
    }
    assertThat(json instanceof Map || read == null).isTrue();
    String written = Json.write(json);
    Object again = Json.read(written.getBytes(StandardCharsets.UTF_8));
    assertThat(Json.write(again)).isEqualTo(written);
  }
}
