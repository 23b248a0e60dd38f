package io.github.mcpauth.it.areas;

import io.github.mcpauth.it.harness.RawServer;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The way from a refusal to the login. */
class DiscoveryIT {

  private static final String INIT = "POST /mcp initialize";
  private static final String PRM = "GET /.well-known/oauth-protected-resource/mcp";

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> eachFaultIsOneFindingAndNormalBehaviourIsNone() {
    return new Area(folder)
        .langChain4j(
            "401 without a hint",
            new Site().on("*", RawServer.response(401, "", "")),
            "missing-resource-metadata",
            "needs-auth missing-resource-metadata",
            "streamable")
        .langChain4j(
            "401 without a hint, on OkHttp",
            new Site().on("*", RawServer.response(401, "", "")),
            "missing-resource-metadata",
            "needs-auth missing-resource-metadata",
            "sse")
        .javaSdk(
            "403 that means: log in",
            new Site().on("*", Site.json(403, "{\"error\":\"login required\"}")),
            "forbidden-on-connect",
            "needs-auth forbidden-on-connect",
            "streamable")
        .okHttp(
            "a hint that leads nowhere",
            challenging().on(PRM, RawServer.response(404, "", "")),
            "protected-resource-metadata-invalid(not-found)",
            "failed protected-resource-metadata-invalid",
            "init",
            "prm",
            "pause")
        .okHttp(
            "the second well-known URL has it",
            new Site()
                .on(INIT, RawServer.response(401, "", ""), Site.json(200, Site.INITIALIZED))
                .on(PRM, RawServer.response(404, "", ""))
                .on(
                    "GET /.well-known/oauth-protected-resource",
                    Site.json(200, Site.PRM.replace("/mcp\"", "\""))),
            "",
            "connected",
            "init",
            "prm",
            "prm-root",
            "asm",
            "register",
            "code",
            "init",
            "pause")
        .tests();
  }

  private static Site challenging() {
    return new Site()
        .on(INIT, RawServer.response(401, Site.HINT, ""), Site.json(200, Site.INITIALIZED));
  }
}
