package io.github.mcpauth.it.areas;

import io.github.mcpauth.it.harness.RawServer;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Redirects that break, and one that does not. */
class RedirectIT {

  private static final String INIT = "POST /mcp initialize";
  private static final String LOGIN = "<html><form><input type=\"password\"></form></html>";

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> eachFaultIsOneFindingAndNormalBehaviourIsNone() {
    return new Area(folder)
        .javaSdk(
            "java.net.http follows none",
            new Site().on("*", RawServer.response(307, "Location: /mcp/", "")),
            "redirect-not-followed(trailing-slash)",
            "failed redirect-not-followed",
            "streamable")
        .okHttp(
            "POST becomes GET",
            new Site().on(INIT, RawServer.response(302, "Location: /mcp/", "")),
            "redirect-broke-request(method-changed)",
            "failed redirect-broke-request",
            "init",
            "pause")
        .langChain4j(
            "a login page",
            new Site()
                .on("GET /mcp", RawServer.response(302, "Location: /login", ""))
                .on("GET /login", RawServer.response(200, "Content-Type: text/html", LOGIN)),
            "redirected-to-login",
            "failed redirected-to-login",
            "sse")
        .okHttp(
            "308 keeps everything",
            new Site()
                .on(INIT, RawServer.response(308, "Location: /v2", ""))
                .on("POST /v2", Site.json(200, Site.INITIALIZED)),
            "",
            "connected",
            "init",
            "pause")
        .tests();
  }
}
