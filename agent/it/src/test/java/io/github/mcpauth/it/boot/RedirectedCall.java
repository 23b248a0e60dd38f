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
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;

/** Sends one redirected request with probes in the bridge: protocol version, then send's kind. */
public final class RedirectedCall {

  public static void main(String[] args) throws Exception {
    Tomcat tomcat = server();
    HttpClient client =
        HttpClient.newBuilder()
            .version(Version.valueOf(args[0]))
            .followRedirects(Redirect.ALWAYS)
            .build();
    new Probe().install();
    int port = tomcat.getConnector().getLocalPort();
    HttpRequest request = new MyRequest(URI.create("http://127.0.0.1:" + port + "/old"));
    var response =
        switch (args[1]) {
          case "send" -> client.send(request, BodyHandlers.ofString());
          case "sendAsync2" -> client.sendAsync(request, BodyHandlers.ofString()).get();
          default -> client.sendAsync(request, BodyHandlers.ofString(), (i, p, a) -> {}).get();
        };
    System.out.println("got " + response.body());
    System.exit(0);
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
