package io.github.mcpauth.rules.exchange;

/** The HTTP client that the host used; the checker is a host with a client of its own. */
public enum ClientKind {
  JAVA_NET_HTTP("java.net.http"),
  OKHTTP("okhttp"),
  CHECK("check");

  private final String label;

  ClientKind(String label) {
    this.label = label;
  }

  /** The value of {@code mcpauth.client.kind}. */
  public String label() {
    return label;
  }
}
