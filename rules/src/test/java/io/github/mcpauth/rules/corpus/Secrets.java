package io.github.mcpauth.rules.corpus;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;

/** Makes tokens of names: {@code A} is opaque, {@code jwt:aud=…|exp=60} a JWT, times in seconds. */
public final class Secrets {

  /** The row's first moment: a name gives the same token throughout a row. */
  private final long start;

  public Secrets(InstantSource clock) {
    this.start = clock.instant().getEpochSecond();
  }

  String token(String name) {
    if (!name.startsWith("jwt:")) {
      return name.startsWith("raw:") ? name.substring(4) : "token-" + name + "-0123456789abcdef";
    }
    StringBuilder json = new StringBuilder("{\"sub\":\"u\"");
    for (String claim : name.substring(4).split("\\|", -1)) {
      int equals = claim.indexOf('=');
      String key = claim.substring(0, equals);
      String value = claim.substring(equals + 1);
      boolean time = key.equals("exp") || key.equals("nbf") || key.equals("iat");
      json.append(",\"").append(key).append("\":");
      json.append(time ? String.valueOf(start + Long.parseLong(value)) : '"' + value + '"');
    }
    return encode("{\"alg\":\"none\"}") + '.' + encode(json.append('}').toString()) + ".c2ln";
  }

  private static String encode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
