package io.github.mcpauth.it.repair;

import io.github.mcpauth.it.repair.PlainHost.Answer;
import io.github.mcpauth.it.repair.PlainHost.Client;
import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Discovery by the book and no more: any deviation of the server ends it, in words. */
final class Discovery {

  private static final Pattern HINT = Pattern.compile("^Bearer .*resource_metadata=\"([^\"]*)\".*");

  static String from(Client client, String mcp) throws Exception {
    Answer first = client.send(Requests.of(Requests.post("-", mcp, Requests.INITIALIZE)));
    if (first.status() != 401) {
      return "no 401 but " + first.status();
    }
    Matcher hint = HINT.matcher(first.challenges().isEmpty() ? "" : first.challenges().get(0));
    if (!hint.matches() || URI.create(hint.group(1)).getHost() == null) {
      return "no hint in the first line";
    }
    Answer resource = client.send(Requests.of(Requests.get(hint.group(1))));
    String issuer = member(resource, "authorization_servers\":\\[");
    if (resource.status() != 200 || issuer == null) {
      return "no resource metadata";
    }
    Answer server = client.send(Requests.of(Requests.get(issuer + FakeOAuth.SERVER)));
    String endpoint = member(server, "token_endpoint\":");
    if (server.status() != 200 || endpoint == null) {
      return "no authorization server metadata";
    }
    Answer token = client.send(Requests.of(Requests.form("-", endpoint, FakeOAuth.form(mcp))));
    String bearer = "Authorization: Bearer " + member(token, "access_token\":");
    List<String> again = List.of(Requests.post("-", mcp, Requests.INITIALIZE, bearer));
    return client.send(Requests.of(again.get(0))).status() == 200 ? "connected" : "refused";
  }

  private static String member(Answer answer, String before) {
    Matcher matcher = Pattern.compile("\"" + before + "\\s*\"([^\"]*)\"").matcher(answer.body());
    return matcher.find() ? matcher.group(1) : null;
  }

  private Discovery() {}
}
