package io.github.mcpauth.agent.check.target;

import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.redact.Fingerprints;
import io.github.mcpauth.agent.redact.Redactor;
import io.github.mcpauth.rules.http.Credentials;
import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.Origin;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An MCP server to check, with the headers that its user sets for it. They go to the URL's origin
 * and nowhere else.
 *
 * @param name as the user calls it: the entry of a configuration file; empty where it has none
 */
public record Target(String name, URI url, Headers headers) {

  /** Only the headers are left out: they are credentials, for the most part. */
  @Override
  public String toString() {
    return "Target[" + name + " " + shown() + "]";
  }

  /** The URL for people and files: without what is secret in it. */
  public String shown() {
    Redactor redactor = new Redactor(Redactor.Level.DEFAULT, new Fingerprints());
    return redactor.redact(Map.of(Field.URL.key(), url)).text(Field.URL.key());
  }

  /** The same with one more header. */
  public Target with(String header, String value) {
    return new Target(name, url, headers.with(header, value));
  }

  public Origin origin() {
    Origin origin = Origin.of(url);
    if (origin == null) {
      throw new IllegalStateException("a target without an origin");
    }
    return origin;
  }

  /** What tells who asks. */
  public Headers credentials() {
    return part(true);
  }

  /** What a request has whether or not anybody is logged in. */
  public Headers others() {
    return part(false);
  }

  private Headers part(boolean credentials) {
    List<Header> part = new ArrayList<>();
    for (Header field : headers) {
      boolean isOne = Credentials.ofHeader(field.name()).isAtLeast(Credentials.Level.POSSIBLE);
      if (isOne == credentials) {
        part.add(field);
      }
    }
    return Headers.of(part);
  }

  public boolean hasCredential() {
    return credentials().size() > 0;
  }
}
