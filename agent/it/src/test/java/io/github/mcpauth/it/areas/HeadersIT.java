package io.github.mcpauth.it.areas;

import io.github.mcpauth.it.harness.RawServer;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A head that is too large. */
class HeadersIT {

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> eachFaultIsOneFindingAndNormalBehaviourIsNone() {
    return new Area(folder)
        .javaSdk(
            "431 to a fat token",
            new Site().on("*", RawServer.response(431, "", "")),
            "request-headers-rejected",
            "failed request-headers-rejected",
            "streamable",
            "x".repeat(9000))
        .okHttp(
            "Tomcat's 400 to a fat token",
            new Site()
                .on(
                    "*",
                    RawServer.response(
                        400,
                        "Content-Type: text/html",
                        "<html><p>Request header is too large</p></html>")),
            "request-headers-rejected",
            "failed request-headers-rejected",
            "token=" + "y".repeat(9000),
            "init")
        .okHttp(
            "close to the limit, and taken",
            new Site(),
            "oversized-request-headers",
            "connected",
            "token=" + "z".repeat(6500),
            "init",
            "list")
        .javaSdk("a small token", new Site(), "", "connected", "streamable", "token-0123456789")
        .kotlinSdk(
            "431 to a fat token",
            new Site().on("*", RawServer.response(431, "", "")),
            "request-headers-rejected 431",
            "failed request-headers-rejected",
            "token=" + "v".repeat(9000),
            "connect")
        .kotlinSdk(
            "close to the limit, and taken",
            new Site(),
            "oversized-request-headers 200",
            "connected",
            "token=" + "w".repeat(6500),
            "connect",
            "list")
        .kotlinSdk(
            "a small token",
            new Site(),
            "",
            "connected",
            "token=token-0123456789",
            "connect",
            "list")
        .langChain4j(
            "431 to a fat token, on OkHttp",
            new Site().on("*", RawServer.response(431, "", "")),
            "request-headers-rejected 431",
            "failed request-headers-rejected",
            "sse",
            "u".repeat(9000))
        .tests();
  }
}
