package io.github.mcpauth.it.areas;

import io.github.mcpauth.it.harness.RawServer;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Connections and servers that fail. */
class TransportIT {

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> eachFaultIsOneFindingAndNormalBehaviourIsNone() {
    return new Area(folder)
        .javaSdk(
            "nobody listens",
            closed(),
            "server-unreachable(refused)",
            "failed server-unreachable again",
            "streamable")
        .langChain4j(
            "500",
            new Site().on("*", RawServer.response(500, "", "")),
            "server-error(server)",
            "failed server-error again",
            "streamable")
        .langChain4j(
            "502 of a gateway, on OkHttp",
            new Site().on("*", RawServer.response(502, "", "")),
            "server-error(gateway)",
            "failed server-error again",
            "sse")
        .okHttp(
            "a request that the host cancels",
            new Site().on("POST /mcp tools/call", RawServer.NONE),
            "",
            "connected",
            "init",
            "cancel",
            "pause")
        .tests();
  }

  private static Site closed() {
    Site site = new Site();
    site.refuse();
    return site;
  }
}
