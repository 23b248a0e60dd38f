package io.github.mcpauth.demo.server;

import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** An MCP server of the MCP Java SDK with its authorization server, on loopback, with one fault. */
public final class Server implements AutoCloseable {

  private final Tomcat tomcat;
  private final McpSyncServer mcp;

  private Server(Tomcat tomcat, McpSyncServer mcp) {
    this.tomcat = tomcat;
    this.mcp = mcp;
  }

  /** Starts one on a port. */
  public static Server start(int port, Fault fault) throws IOException, LifecycleException {
    String origin = "http://127.0.0.1:" + port;
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("mcpauth-demo").toString());
    tomcat.setPort(port);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setProperty("maxHttpRequestHeaderSize", "65536");
    tomcat.setSilent(true);
    Context context = tomcat.addContext("", null);

    HttpServletStreamableServerTransportProvider transport =
        HttpServletStreamableServerTransportProvider.builder().mcpEndpoint("/mcp").build();
    McpSyncServer mcp = mcp(transport);
    Tomcat.addServlet(context, "mcp", transport).setAsyncSupported(true);
    context.addServletMappingDecoded("/mcp", "mcp");

    AuthorizationServer authorization = new AuthorizationServer(origin, fault);
    Tomcat.addServlet(context, "authorization", authorization);
    context.addServletMappingDecoded("/", "authorization");

    FilterDef filter = new FilterDef();
    filter.setFilterName("gatekeeper");
    filter.setFilter(new Gatekeeper(authorization, fault, origin));
    filter.setAsyncSupported("true");
    context.addFilterDef(filter);
    FilterMap mapping = new FilterMap();
    mapping.setFilterName("gatekeeper");
    mapping.addURLPattern("/mcp");
    context.addFilterMap(mapping);
    tomcat.start();
    return new Server(tomcat, mcp);
  }

  private static McpSyncServer mcp(HttpServletStreamableServerTransportProvider transport) {
    Map<String, Object> noArguments = Map.of("type", "object");
    return McpServer.sync(transport)
        .serverInfo("demo", "1")
        .capabilities(ServerCapabilities.builder().tools(false).build())
        .toolCall(
            Tool.builder("greet", noArguments).description("Says hello").build(),
            (exchange, request) -> CallToolResult.builder().addTextContent("Hello!").build())
        .build();
  }

  @Override
  public void close() throws LifecycleException {
    mcp.close();
    tomcat.stop();
    tomcat.destroy();
  }
}
