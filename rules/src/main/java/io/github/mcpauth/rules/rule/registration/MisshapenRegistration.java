package io.github.mcpauth.rules.rule.registration;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Confidence;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.OtherForm;
import io.github.mcpauth.rules.reading.Said;
import org.jspecify.annotations.Nullable;

/** A registration that was refused and has not the form that RFC 7591 §3.1 wants. */
final class MisshapenRegistration {

  static @Nullable FindingBuilder of(
      RuleInfo info, Said said, Exchange exchange, McpServer server) {
    OtherForm form =
        exchange.role() == Role.MISSHAPEN_REGISTRATION
            ? OtherForm.ofRegistration(exchange.request(), exchange.requestBody())
            : null;
    if (form == null) {
      return null;
    }
    String wanted =
        form == OtherForm.REDIRECT_URIS
            ? "redirect_uris as an array of strings"
            : "application/json";
    return FindingBuilder.of(info, server)
        .cause(form.cause())
        .confidence(exchange.status() == 415 ? Confidence.CERTAIN : Confidence.LIKELY)
        .quote(said.quote())
        .message(
            "The registration at "
                + exchange.request().url()
                + " was refused with "
                + exchange.status()
                + (said.code() == null ? "" : " " + said.code())
                + ". "
                + inWords(form, exchange))
        .saw(exchange.id(), "request", form.cause(), wanted)
        .step(
            "Your application: POST the client's metadata as one JSON object, with Content-Type:"
                + " application/json and \"redirect_uris\": [\"…\"], an array (RFC 7591 §2, §3.1)");
  }

  private static String inWords(OtherForm form, Exchange exchange) {
    String type = exchange.request().headers().first("Content-Type");
    return switch (form) {
      case FORM -> "It was sent as a form; the server wants a JSON object (RFC 7591 §3.1).";
      case REDIRECT_URIS ->
          "It names its redirect URIs in another way than as an array under redirect_uris (RFC 7591"
              + " §2).";
      default ->
          "It was sent "
              + (type == null ? "without a Content-Type" : "with Content-Type: " + type)
              + "; the server wants application/json (RFC 7591 §3.1).";
    };
  }

  private MisshapenRegistration() {}
}
