package io.github.mcpauth.rules.http;

/** One header field line, name and value as they stand on the wire. */
public record Header(String name, String value) {

  /** Whether this field has the given name; names are case-insensitive (RFC 9110 §5.1). */
  public boolean is(String other) {
    return name.equalsIgnoreCase(other);
  }

  /** A value may be a credential, so only the name is shown. */
  @Override
  public String toString() {
    return name + ": …";
  }
}
