package io.github.mcpauth.rules.knowledge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server that an exchange is believed to belong to, and why; decided by {@link Provenance}.
 *
 * @param server where there is no more than an issuer to go by, one of those that name it
 */
public record Attribution(McpServer server, Evidence evidence) {

  /** Why an exchange is a server's, the strongest first. */
  public enum Evidence {
    /** It is sent to the server itself, or to a place that only this server has. */
    OWN_PLACE(true),
    /** A redirect, a client's retry or a replay leads from such an exchange to it. */
    FOLLOWS(true),
    /** It names the server as its resource (RFC 8707). */
    RESOURCE(true),
    /** It renews a login whose tokens are this server's and no other's. */
    LOGIN(true),
    /** Its client was registered for this server's login, and no other's. */
    CLIENT(true),
    /** It asks for the public metadata of an authorization server that this server names. */
    ISSUERS_DOCUMENT(true),
    /**
     * It is sent to an authorization server that this server names, and no other one that is known.
     */
    SOLE_ISSUER(false),
    /** It is sent to the server's URL, but names another host: who answers there is not known. */
    SHARED_ADDRESS(false),
    /** A redirect led to it from another origin, and it is not known any more from whose call. */
    LED_AWAY(false),
    /** It is sent to an authorization server that this server names, and others do. */
    SHARED_ISSUER(false),
    /** The server names a document of somebody else, who has not confirmed it yet. */
    UNCONFIRMED_DOCUMENT(false);

    private final boolean certain;

    Evidence(boolean certain) {
      this.certain = certain;
    }
  }

  /**
   * Of several servers, that of the one that wants a login; it says nothing of whose a token is.
   */
  static Attribution ofLikeliest(List<McpServer> servers, Evidence evidence) {
    McpServer likeliest = servers.get(0);
    for (McpServer each : servers) {
      if (each.progress().wantedLoginAfter(likeliest.progress())) {
        likeliest = each;
      }
    }
    return new Attribution(likeliest, evidence);
  }

  /** By the servers that name the issuer it is sent to; null where none does. */
  static @Nullable Attribution byIssuer(List<McpServer> users) {
    Evidence evidence = users.size() == 1 ? Evidence.SOLE_ISSUER : Evidence.SHARED_ISSUER;
    return users.isEmpty() ? null : ofLikeliest(users, evidence);
  }

  /** Whether it belongs to this server and to no other, so that a fix may change it. */
  public boolean isCertain() {
    return evidence.certain;
  }

  /** Whether enough speaks for it to judge it, and to take it down. */
  public boolean isShown() {
    return evidence != Evidence.UNCONFIRMED_DOCUMENT;
  }
}
