package io.github.mcpauth.rules.rule.token;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.Confidence;
import io.github.mcpauth.rules.http.Authorization;
import io.github.mcpauth.rules.oauth.OtherForm;
import io.github.mcpauth.rules.reading.Said;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token request that was refused and has not the form that RFC 6749 §4.1.3 wants. Some servers
 * take others: an error that only somebody gives who has read the parameters disproves it.
 */
final class MisshapenRequest {

  private static final Set<String> OF_A_READER =
      Set.of(
          "invalid_grant",
          "invalid_target",
          "invalid_scope",
          "unauthorized_client",
          "access_denied",
          "expired_token",
          "interaction_required",
          "login_required",
          "consent_required");

  static @Nullable TokenRefusal of(Said said, Exchange exchange) {
    OtherForm form =
        exchange.role() == Role.MISSHAPEN_TOKEN || exchange.role() == Role.TOKEN
            ? OtherForm.ofToken(exchange.request(), exchange.requestBody())
            : null;
    if (form == null || wasRead(said, exchange)) {
      return null;
    }
    return new TokenRefusal(
        form.cause(),
        Actor.HOST,
        isSaid(said, exchange) ? Confidence.CERTAIN : Confidence.LIKELY,
        inWords(form, exchange),
        List.of(
            "Your application: send the parameters as a form in the body of a POST: Content-Type:"
                + " application/x-www-form-urlencoded, grant_type=…&client_id=…, each value"
                + " percent-encoded (OkHttp: FormBody; java.net.http: BodyPublishers.ofString of"
                + " such a text, and the header, which it does not set by itself)"));
  }

  private static boolean wasRead(Said said, Exchange exchange) {
    Authorization authorization = Authorization.of(exchange.request());
    boolean basic = authorization != null && authorization.is("Basic");
    boolean client = basic && ProvenRefusal.isAboutClient(said, exchange);
    return client || (said.code() != null && OF_A_READER.contains(said.code()));
  }

  /** Whether the answer itself speaks of the form, or misses what the request has. */
  private static boolean isSaid(Said said, Exchange exchange) {
    String text = said.lower();
    boolean grant = text.contains("grant_type") || text.contains("grant type");
    boolean missing =
        text.contains("missing")
            || text.contains("required")
            || text.contains("must contain")
            || text.contains("not provided")
            || text.contains("null");
    return exchange.status() == 415
        || text.contains("urlencoded")
        || text.contains("content-type")
        || text.contains("content type")
        || (grant && missing);
  }

  private static String inWords(OtherForm form, Exchange exchange) {
    List<String> types = exchange.request().headers().all("Content-Type");
    String type = types.isEmpty() ? null : String.join(" and ", types);
    String sent =
        switch (form) {
          case JSON ->
              "sent as JSON"
                  + (type != null && type.contains("form-urlencoded")
                      ? " under a Content-Type that says " + type
                      : "");
          case MULTIPART -> "sent as multipart/form-data";
          case QUERY ->
              "sent with its parameters in the URL"
                  + (exchange.request().method().equals("GET") ? ", with GET" : "");
          default ->
              type == null ? "sent without a Content-Type" : "sent with Content-Type: " + type;
        };
    return "The token request was "
        + sent
        + "; the server wants a POST with a body of application/x-www-form-urlencoded (RFC 6749"
        + " §4.1.3, §6).";
  }

  private MisshapenRequest() {}
}
