package io.github.mcpauth.demo.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ClientAuthTest {

  private static final Client SECRETIVE = new Client("me:1", "p%ss", null, null);
  private static final Client OPEN = new Client("me", null, null, null);

  @Test
  void choosesWhatBothCan() {
    assertThat(ClientAuth.choose(SECRETIVE, List.of("client_secret_post")))
        .isEqualTo(ClientAuth.CLIENT_SECRET_POST);
    assertThat(ClientAuth.choose(SECRETIVE, List.of("none", "client_secret_basic")))
        .isEqualTo(ClientAuth.CLIENT_SECRET_BASIC);
    assertThat(ClientAuth.choose(SECRETIVE, List.of())).isEqualTo(ClientAuth.CLIENT_SECRET_BASIC);
    assertThat(ClientAuth.choose(OPEN, List.of("private_key_jwt", "client_secret_basic")))
        .isEqualTo(ClientAuth.NONE);
    Client agreed = new Client("me", "secret", null, "client_secret_post");
    assertThat(ClientAuth.choose(agreed, List.of("client_secret_basic")))
        .isEqualTo(ClientAuth.CLIENT_SECRET_POST);
  }

  @Test
  void encodesBeforeItJoinsIdAndSecret() throws Exception {
    Map<String, String> form = new HashMap<>();
    Map<String, String> headers = ClientAuth.CLIENT_SECRET_BASIC.apply(SECRETIVE, "issuer", form);
    assertThat(form).isEmpty();
    byte[] pair = "me%3A1:p%25ss".getBytes(StandardCharsets.UTF_8);
    assertThat(headers)
        .containsEntry("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  @Test
  void namesItselfInTheFormWhereItHasNoHeader() throws Exception {
    Map<String, String> form = new HashMap<>();
    ClientAuth.NONE.apply(OPEN, "issuer", form);
    assertThat(form).containsExactly(Map.entry("client_id", "me"));
    ClientAuth.CLIENT_SECRET_POST.apply(SECRETIVE, "issuer", form);
    assertThat(form).containsEntry("client_id", "me:1").containsEntry("client_secret", "p%ss");
  }

  @Test
  void signsAnAssertionForTheIssuer() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair keys = generator.generateKeyPair();
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
    Client client = new Client("me", "secret", pem, null);
    ClientAuth auth = ClientAuth.choose(client, List.of("client_secret_basic", "private_key_jwt"));
    Map<String, String> form = new HashMap<>();
    auth.apply(client, "https://auth.example", form);

    String[] parts = String.valueOf(form.get("client_assertion")).split("\\.", -1);
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initVerify(keys.getPublic());
    signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    JsonNode claims =
        Json.parse(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
    assertThat(claims.path("aud").asString()).isEqualTo("https://auth.example");
    assertThat(claims.path("sub").asString()).isEqualTo("me");
    assertThat(claims.path("exp").asLong()).isGreaterThan(claims.path("iat").asLong());
  }
}
