package io.github.mcpauth.it.areas;

import io.github.mcpauth.it.harness.RawServer;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Another transport, revision or kind of answer. */
class VersionIT {

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> eachFaultIsOneFindingAndNormalBehaviourIsNone() {
    return new Area(folder)
        .javaSdk(
            "404",
            new Site().on("*", RawServer.response(404, "", "")),
            "endpoint-not-found(not-found)",
            "failed endpoint-not-found",
            "streamable")
        .langChain4j(
            "a web page",
            new Site()
                .on("*", RawServer.response(200, "Content-Type: text/html", "<html>Hi</html>")),
            "unexpected-content-type(html)",
            "failed unexpected-content-type",
            "streamable")
        .langChain4j(
            "HTTP+SSE to a Streamable HTTP endpoint",
            new Site(),
            "wrong-transport(sse-to-streamable)",
            "failed wrong-transport",
            "sse")
        .langChain4j("405 to the optional stream", new Site(), "", "connected", "streamable")
        .tests();
  }
}
