package io.github.mcpauth.it.areas;

import io.github.mcpauth.it.harness.RawServer;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Credentials that are broken, or in the wrong place. */
class CredentialsIT {

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> eachFaultIsOneFindingAndNormalBehaviourIsNone() {
    return new Area(folder)
        .javaSdk(
            "a variable that nobody resolved",
            new Site().on("*", RawServer.response(401, Site.HINT, "")),
            "credential-malformed(placeholder)",
            "needs-auth credential-malformed",
            "streamable",
            "${MCP_TOKEN}")
        .okHttp(
            "a token in the URL",
            new Site(),
            "credential-in-url",
            "connected",
            "path=/mcp?access_token=abcdefgh12345678",
            "init",
            "list")
        .okHttp(
            "undefined from a script",
            new Site().on("*", RawServer.response(401, Site.HINT, "")),
            "credential-malformed(placeholder)",
            "needs-auth credential-malformed",
            "token=undefined",
            "init",
            "pause")
        .okHttp("a good token", new Site(), "", "connected", "token=abcdefgh12345678", "init")
        .kotlinSdk(
            "undefined from a script",
            new Site().on("*", RawServer.response(401, Site.HINT, "")),
            "credential-malformed(placeholder) 401",
            "needs-auth credential-malformed",
            "token=undefined",
            "connect")
        .kotlinSdk(
            "a token in the URL",
            new Site(),
            "credential-in-url 200",
            "connected",
            "path=/mcp?access_token=abcdefgh12345678",
            "connect",
            "list")
        .kotlinSdk(
            "a good token",
            new Site(),
            "",
            "connected",
            "token=abcdefgh12345678",
            "connect",
            "list")
        .langChain4j(
            "a variable that nobody resolved, on OkHttp",
            new Site().on("*", RawServer.response(401, Site.HINT, "")),
            "credential-malformed(placeholder) 401",
            "needs-auth credential-malformed",
            "sse",
            "${MCP_TOKEN}")
        .tests();
  }
}
