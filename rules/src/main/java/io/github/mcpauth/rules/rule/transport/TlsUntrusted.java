package io.github.mcpauth.rules.rule.transport;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.Confidence;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.FixSafety;
import io.github.mcpauth.rules.finding.Phase;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.finding.Rule;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.knowledge.McpServer;
import java.util.Locale;

/** The TLS handshake failed. A response head, or a failure above TLS, disproves it. */
public final class TlsUntrusted implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              "tls-untrusted",
              "The TLS connection is not trusted",
              Severity.ERROR,
              Actor.NETWORK,
              "RFC 8446 §4.4.2; RFC 9110 §4.3.4",
              FixSafety.NONE)
          .asked(Phase.FAILED);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void failed(Exchange exchange, McpServer server, Report report) {
    Failure failure = exchange.failure();
    Origin origin = Origin.of(exchange.request().url());
    if (failure == null || failure.kind() != Failure.Kind.TLS || origin == null) {
      return;
    }
    String said = failure.message() == null ? "" : failure.message();
    String cause = cause(said.toLowerCase(Locale.ROOT));
    Actor party = Actor.serving(exchange.role());
    boolean configured = exchange.role() == Role.MCP;
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .subject(origin + " " + cause)
            .cause(cause)
            .confidence(confidence(cause))
            .actor(
                cause.equals("client-certificate")
                        || cause.equals("no-protocol")
                        || cause.equals("pinned")
                    ? Actor.HOST
                    : cause.startsWith("trust-store-")
                        ? Actor.USER
                        : cause.equals("untrusted-issuer") || cause.equals("changed-on-the-way")
                            ? Actor.NETWORK
                            : cause.equals("not-tls") && configured ? Actor.USER : party)
            .message(
                "TLS to "
                    + origin
                    + " failed: "
                    + inWords(cause)
                    + (cause.equals("client-certificate") && said.contains("expired")
                        ? ": the one that it sent has expired"
                        : "")
                    + " ("
                    + said
                    + ").")
            .saw(
                exchange.id(), "connection", failure.type(), "a trusted certificate for " + origin);
    remedy(cause, party.inWords() + ": ", configured, finding);
    report.found(finding.build());
  }

  /** The client tells what is wrong, and not on which side it is to be cured. */
  private static Confidence confidence(String cause) {
    return switch (cause) {
      case "not-tls", "client-certificate", "trust-store-empty", "trust-store-unreadable" ->
          Confidence.CERTAIN;
      case "handshake" -> Confidence.POSSIBLE;
      default -> Confidence.LIKELY;
    };
  }

  private static void remedy(
      String cause, String party, boolean configured, FindingBuilder finding) {
    switch (cause) {
      case "untrusted-issuer" ->
          finding
              .step(
                  "Network: behind TLS inspection, add the company's root certificate to the trust"
                      + " store of this JVM: -Djavax.net.ssl.trustStore=…, or"
                      + " -Djavax.net.ssl.trustStoreType=Windows-ROOT (KeychainStore on macOS)")
              .step(party + "send the intermediate certificates as well");
      case "hostname" -> {
        finding.step(party + "have the certificate reissued for the name that is called");
        if (configured) {
          finding.step("User: or call the server by a name in its certificate");
        }
      }
      case "trust-store-empty" ->
          finding.step(
              "User: give this JVM a trust store with certificates: check path, type and password of"
                  + " -Djavax.net.ssl.trustStore, or the JDK's own file lib/security/cacerts");
      case "trust-store-unreadable" ->
          finding.step(
              "User: check path, type and password of -Djavax.net.ssl.trustStore and"
                  + " -Djavax.net.ssl.keyStore (…Type, …Password), or of the store that your"
                  + " application loads");
      case "no-application-protocol" ->
          finding
              .step(
                  party + "offer http/1.1 or h2 in the TLS handshake (ALPN), at this name and port")
              .step(
                  "Your application: offer what the server speaks, e.g. HTTP/1.1 alone"
                      + " (HttpClient.Builder.version, OkHttp: protocols)");
      case "changed-on-the-way" ->
          finding
              .step(
                  "Network: look for what changes or cuts packets on the way (TLS inspection, VPN, a"
                      + " proxy, MTU), and let this host pass it")
              .step(party + "update its TLS library, if it happens from everywhere");
      case "no-protocol" ->
          finding.step(
              "Your application: leave this JVM a protocol and ciphers to use: check"
                  + " -Djdk.tls.client.protocols, -Dhttps.protocols, jdk.tls.disabledAlgorithms (file"
                  + " java.security) and the SSLParameters of the HTTP client");
      case "not-yet-valid" ->
          finding
              .step("User: check the clock of this machine")
              .step(party + "install a certificate that is valid now");
      case "expired" -> finding.step(party + "renew the certificate");
      case "revoked" ->
          finding.step(
              party
                  + "install a new certificate: who signed this one has revoked it, and its key must"
                  + " not be used any more");
      case "pinned" ->
          finding.step(
              "Your application: pin the key of the server's new certificate, or that of the"
                  + " authority that signs it (OkHttp: CertificatePinner); if the certificate is not"
                  + " the server's own, something on the way has put its own in place");
      case "weak-certificate" ->
          finding.step(
              party
                  + "have the certificate reissued with SHA-256 and a key of 2048 bits or more (EC:"
                  + " 256): this JVM does not take the old algorithm (jdk.certpath.disabledAlgorithms)");
      case "unknown-name" -> {
        finding.step(party + "configure TLS for the name that is called (SNI)");
        if (configured) {
          finding.step("User: check the host name in the URL");
        }
      }
      case "not-tls" ->
          finding.step(
              configured
                  ? "User: the port speaks plain http; check scheme and port of the URL: write http://"
                      + " if the server is to be called without TLS, else the port at which it speaks TLS"
                  : party + "the port speaks plain http; check scheme and port in the metadata");
      case "client-certificate" ->
          finding
              .step(
                  "Your application: give this JVM the client certificate that the server asks for:"
                      + " -Djavax.net.ssl.keyStore=... and -Djavax.net.ssl.keyStorePassword=..., or an"
                      + " SSLContext with it in the HTTP client")
              .step("User: ask the server's operator for a client certificate (mutual TLS)");
      default ->
          finding
              .step(party + "offer TLS 1.2 or 1.3 with a cipher that this JVM knows")
              .step(
                  "Your application: if the server asks for a client certificate, give this JVM one:"
                      + " -Djavax.net.ssl.keyStore=... and -Djavax.net.ssl.keyStorePassword=...");
    }
  }

  private static String cause(String said) {
    if (said.contains("pinning failure")) {
      return "pinned";
    }
    if (said.contains("trustanchors parameter must be non-empty")) {
      return "trust-store-empty";
    }
    if (said.contains("keystore") || said.contains("default ssl context")) {
      return "trust-store-unreadable";
    }
    if (said.contains("no_application_protocol")) {
      return "no-application-protocol";
    }
    if (said.contains("bad_record_mac") || said.contains("tag mismatch")) {
      return "changed-on-the-way";
    }
    if (said.contains("no appropriate protocol")) {
      return "no-protocol";
    }
    if (said.contains("received fatal alert") && isAboutClient(said)) {
      return "client-certificate"; // What the other side says of our certificate.
    }
    if (said.contains("has been revoked")) {
      return "revoked";
    }
    if (said.contains("not yet valid") || said.contains("notbefore")) {
      return "not-yet-valid";
    }
    if (said.contains("algorithm constraints")) {
      return "weak-certificate";
    }
    if (said.contains("unrecognized_name") || said.contains("unrecognized name")) {
      return "unknown-name";
    }
    if (said.contains("pkix")
        || said.contains("certification path")
        || said.contains("unknown_ca")
        || said.contains("trust anchor")) {
      return said.contains("expired") || said.contains("validity check")
          ? "expired"
          : "untrusted-issuer";
    }
    if (said.contains("no name matching")
        || said.contains("subject alternative")
        || (said.contains("hostname") && said.contains("verif"))) {
      return "hostname";
    }
    if (said.contains("expired") || said.contains("notafter")) {
      return "expired";
    }
    // Without an answer of TLS, the other side did not take the bytes for TLS.
    return said.contains("unsupported or unrecognized ssl message")
            || said.contains("unsupported record version")
            || said.contains("plaintext")
            || said.contains("not an ssl/tls record")
        ? "not-tls"
        : "handshake";
  }

  /** Alerts with which a server refuses a client's certificate, or its lack (RFC 8446 §6.2). */
  private static boolean isAboutClient(String said) {
    return said.contains("certificate") || said.contains("unknown_ca");
  }

  private static String inWords(String cause) {
    return switch (cause) {
      case "untrusted-issuer" -> "nobody whom this JVM trusts has signed the certificate";
      case "trust-store-empty" ->
          "this JVM's trust store holds no certificate, so that it can trust no server";
      case "trust-store-unreadable" -> "this JVM cannot read its trust store or key store";
      case "no-application-protocol" ->
          "the other side speaks none of the protocols that were offered over TLS (ALPN)";
      case "changed-on-the-way" -> "what arrived is not what was sent: a record does not verify";
      case "hostname" -> "the certificate is for another name";
      case "expired" -> "the certificate has expired";
      case "revoked" -> "the certificate was revoked";
      case "not-yet-valid" -> "the certificate is not valid yet, by the clock of this machine";
      case "no-protocol" ->
          "this JVM's own settings leave no protocol or cipher that it may use, so that it did not"
              + " begin";
      case "weak-certificate" -> "the certificate uses an algorithm that is no longer taken";
      case "unknown-name" -> "the other side has no certificate for the name that was called";
      case "client-certificate" ->
          "the server requires a client certificate, and this JVM sent none that it takes";
      case "not-tls" -> "the port does not speak TLS";
      case "pinned" -> "the certificate is not one that the application has pinned";
      default ->
          "the two sides found no common parameters, or one broke off; so does a server that wants a"
              + " client certificate and gets none";
    };
  }
}
