package io.github.mcpauth.it.harness;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Puts what answers for a {@link RawServer} behind a container, which speaks HTTP/2 and TLS. */
@SuppressWarnings("serial")
public final class AnsweringServlet extends HttpServlet {

  private final transient Function<RawServer.Request, String> answers;
  private final transient List<RawServer.Request> requests = new CopyOnWriteArrayList<>();

  public AnsweringServlet(Function<RawServer.Request, String> answers) {
    this.answers = answers;
  }

  /** What arrived so far; the request line ends in the protocol that was really spoken. */
  public List<RawServer.Request> requests() {
    return requests;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
    StringBuilder head = new StringBuilder();
    head.append(request.getMethod()).append(' ').append(request.getRequestURI()).append(query);
    head.append(' ').append(request.getProtocol()).append("\r\n");
    for (String name : Collections.list(request.getHeaderNames())) {
      for (String value : Collections.list(request.getHeaders(name))) {
        head.append(name).append(": ").append(value).append("\r\n");
      }
    }
    byte[] body = request.getInputStream().readAllBytes();
    RawServer.Request raw = new RawServer.Request(head + "\r\n", body);
    requests.add(raw);
    // Over HTTP/2 the client names the server in :authority, and sends no Host.
    String named = "http://" + raw.header("Host");
    String origin =
        request.getScheme() + "://" + request.getServerName() + ":" + request.getServerPort();
    write(answers.apply(raw).replace(named, origin), response);
  }

  private static void write(String answer, HttpServletResponse response) throws IOException {
    int blank = answer.indexOf("\r\n\r\n");
    String[] lines = answer.substring(0, blank).split("\r\n");
    response.setStatus(Integer.parseInt(lines[0].split(" ")[1]));
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(": ");
      String name = lines[i].substring(0, colon);
      if (!name.equals("Content-Length")) { // The container's business: the body may have changed.
        response.addHeader(name, lines[i].substring(colon + 2));
      }
    }
    response
        .getOutputStream()
        .write(answer.substring(blank + 4).getBytes(StandardCharsets.ISO_8859_1));
  }
}
