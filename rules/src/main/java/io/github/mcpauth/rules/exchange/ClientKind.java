package io.github.mcpauth.rules.exchange;

/** The HTTP client that the host used. */
public enum ClientKind {
  JAVA_NET_HTTP("java.net.http"),
  OKHTTP("okhttp");

  private final String label;

  ClientKind(String label) {
    this.label = label;
  }

  /** The value of {@code mcpauth.client.kind}. */
  public String label() {
    return label;
  }
}
