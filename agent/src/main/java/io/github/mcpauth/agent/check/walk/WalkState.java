package io.github.mcpauth.agent.check.walk;

import io.github.mcpauth.agent.check.client.ClientProfile;
import io.github.mcpauth.agent.check.target.Target;
import io.github.mcpauth.rules.oauth.AuthorizationServerMetadata;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known so far of a server that is walked. */
final class WalkState {

  final Target target;
  final ClientProfile client;
  final RequestSender sender;
  final ClientRequests calls;

  /** Nothing was reached: there is nothing more to ask. */
  boolean unreachable;

  /** It speaks no HTTP that could be gone on with. */
  boolean over;

  /** The answer to the first request, which has no credential; null before. */
  @Nullable Answer opening;

  String openingId = "";

  /** It refuses requests without a credential. */
  boolean wantsLogin;

  /** It answers without a credential. */
  boolean isOpen;

  /** It knows no initialize. */
  boolean statelessOnly;

  @Nullable ProtectedResourceMetadata resource;

  /** It is for the whole origin (RFC 9728 §3.1). */
  boolean resourceAtRoot;

  final List<AuthorizationServerMetadata> servers = new ArrayList<>();

  /** The answer to initialize that opened a connection; null where none did. */
  @Nullable Answer opened;

  ClientRequests.@Nullable Session session;

  /** A request was answered with a result. */
  boolean connected;

  WalkState(Target target, ClientProfile client, RequestSender sender, ClientRequests calls) {
    this.target = target;
    this.client = client;
    this.sender = sender;
    this.calls = calls;
  }

  /** Whether requests from here on carry what the user gave. */
  boolean credential() {
    return target.hasCredential();
  }

  /** With a key that is no token nobody can tell whether there should be a login at all. */
  boolean hasKey() {
    return credential() && !target.headers().has("Authorization");
  }

  /** Whether there is a way past the login. */
  boolean goesOn() {
    return !over && (isOpen || (credential() && connected));
  }

  /** A URL for people: the path alone where it is the server's own origin. */
  String shown(URI url) {
    return target.origin().contains(url) ? url.getRawPath() : url.toString();
  }
}
