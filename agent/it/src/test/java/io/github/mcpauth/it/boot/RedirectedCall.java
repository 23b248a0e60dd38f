package io.github.mcpauth.it.boot;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.concurrent.ExecutionException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;

/** Sends one redirected request with probes in the bridge: protocol version, then send's kind. */
public final class RedirectedCall {

  public static void main(String[] args) {
    try {
      call(args);
      System.exit(0);
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static void call(String[] args) throws Exception {
    Tomcat tomcat = server();
    HttpClient client = client(args[0]);
    new Probe().install();
    URI old = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/old");
    HttpResponse<String> response;
    try {
      response = sent(client, args[1], old);
    } catch (IOException | ExecutionException e) {
      // Without any agent, one upgrade to HTTP/2 in about 300 is cut off by Tomcat with a GOAWAY.
      if (!String.valueOf(e.getMessage()).contains("GOAWAY")) {
        throw e;
      }
      response = sent(client(args[0]), args[1], old);
    }
    System.out.println("got " + response.body());
  }

  private static HttpClient client(String version) {
    return HttpClient.newBuilder()
        .version(Version.valueOf(version))
        .followRedirects(Redirect.ALWAYS)
        .build();
  }

  private static HttpResponse<String> sent(HttpClient client, String kind, URI url)
      throws Exception {
    HttpRequest request = new MyRequest(url);
    return switch (kind) {
      case "send" -> client.send(request, BodyHandlers.ofString());
      case "sendAsync2" -> client.sendAsync(request, BodyHandlers.ofString()).get();
      default -> client.sendAsync(request, BodyHandlers.ofString(), (i, p, a) -> {}).get();
    };
  }

  private static Tomcat server() throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    connector.addUpgradeProtocol(new Http2Protocol());
    tomcat.setConnector(connector);
    var context = tomcat.addContext("", null);
    Tomcat.addServlet(context, "all", new Redirecting());
    context.addServletMappingDecoded("/*", "all");
    tomcat.start();
    return tomcat;
  }

  /** Sends {@code /old} to {@code /new}. */
  private static final class Redirecting extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      if (request.getRequestURI().equals("/old")) {
        response.sendRedirect("/new");
      } else {
        response.getWriter().write("new");
      }
    }
  }

  private RedirectedCall() {}
}
