package io.github.mcpauth.agent.check.wire;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What a peer's certificate says of itself, whether or not it is trusted (RFC 5280).
 *
 * @param issuer its common name, else all of the name
 * @param names DNS names and addresses that it is for
 * @param selfSigned whether it names itself as its issuer
 */
public record TlsFacts(
    String issuer, List<String> names, Instant notBefore, Instant notAfter, boolean selfSigned) {

  private static final int MOST_NAMES = 4;
  private static final Duration SOON = Duration.ofDays(14);
  private static final int DNS = 2;
  private static final int ADDRESS = 7;

  static TlsFacts of(X509Certificate certificate) {
    return new TlsFacts(
        commonName(certificate.getIssuerX500Principal().getName()),
        names(certificate),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant(),
        certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal()));
  }

  private static String commonName(String name) {
    for (String part : name.split(",", -1)) {
      if (part.startsWith("CN=")) {
        return part.substring(3);
      }
    }
    return name;
  }

  private static List<String> names(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      if (alternatives != null) {
        for (List<?> each : alternatives) {
          Object type = each.get(0);
          if (type.equals(DNS) || type.equals(ADDRESS)) {
            names.add(String.valueOf(each.get(1)));
          }
        }
      }
    } catch (CertificateParsingException e) {
      // Then it is for nobody.
    }
    return names.isEmpty()
        ? List.of(commonName(certificate.getSubjectX500Principal().getName()))
        : names;
  }

  /** Whether there is little time left to replace it. */
  public boolean endsSoon(Instant now) {
    return notAfter.isAfter(now) && notAfter.isBefore(now.plus(SOON));
  }

  /** As a part of a sentence. */
  public String inWords(Instant now) {
    String until = notAfter.atZone(ZoneOffset.UTC).toLocalDate().toString();
    String from = notBefore.atZone(ZoneOffset.UTC).toLocalDate().toString();
    String valid =
        notAfter.isBefore(now)
            ? "expired on " + until
            : notBefore.isAfter(now) ? "valid only from " + from : "valid until " + until;
    List<String> shown = names.subList(0, Math.min(MOST_NAMES, names.size()));
    return "certificate for "
        + String.join(", ", shown)
        + (names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : "")
        + ", "
        + (selfSigned ? "self-signed" : "issued by " + issuer)
        + ", "
        + valid;
  }
}
