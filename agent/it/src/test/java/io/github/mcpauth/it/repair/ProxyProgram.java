package io.github.mcpauth.it.repair;

import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import okhttp3.Credentials;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * A host behind a proxy that wants a password, which calls a server twice and follows where it is
 * sent: {@code <jdk | jdk-default | okhttp> <port of the proxy>}. Prints the status of each.
 */
final class ProxyProgram {

  private static final String URL = "http://mcp.example/mcp";
  private static final String JSON = "application/json";
  private static final String ACCEPT = JSON + ", text/event-stream";

  public static void main(String[] args) throws Exception {
    InetSocketAddress proxy = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[1]));
    for (String body : new String[] {Requests.INITIALIZE, Requests.LIST}) {
      System.out.println(
          args[0].equals("okhttp") ? okhttp(proxy, body) : jdk(args[0], proxy, body));
    }
    System.exit(0);
  }

  private static int jdk(String kind, InetSocketAddress proxy, String body) throws Exception {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .authenticator(
                new Authenticator() {
                  @Override
                  protected PasswordAuthentication getPasswordAuthentication() {
                    return new PasswordAuthentication("it", "password".toCharArray());
                  }
                });
    if (kind.equals("jdk")) {
      client.proxy(ProxySelector.of(proxy));
    } else {
      ProxySelector.setDefault(ProxySelector.of(proxy));
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(URL))
            .header("Content-Type", JSON)
            .header("Accept", ACCEPT)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return client.build().send(request.build(), BodyHandlers.ofString()).statusCode();
  }

  private static int okhttp(InetSocketAddress proxy, String body) throws Exception {
    OkHttpClient client =
        new OkHttpClient.Builder()
            .proxy(new Proxy(Proxy.Type.HTTP, proxy))
            .proxyAuthenticator(
                (route, response) ->
                    response.request().header("Proxy-Authorization") != null
                        ? null
                        : response
                            .request()
                            .newBuilder()
                            .header("Proxy-Authorization", Credentials.basic("it", "password"))
                            .build())
            .build();
    Request request =
        new Request.Builder()
            .url(URL)
            .header("Accept", ACCEPT)
            .post(RequestBody.create(body, MediaType.get(JSON)))
            .build();
    try (Response response = client.newCall(request).execute()) {
      return response.code();
    }
  }

  private ProxyProgram() {}
}
