package io.github.mcpauth.it.areas;

import io.github.mcpauth.it.harness.RawServer;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of tokens and sessions later on. */
class SessionIT {

  private static final String INIT = "POST /mcp initialize";
  private static final String TOOLS = "{\"jsonrpc\":\"2.0\",\"id\":@,\"result\":{\"tools\":[]}}";

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> eachFaultIsOneFindingAndNormalBehaviourIsNone() {
    return new Area(folder)
        .okHttp(
            "the old token after the new one came",
            challenging().on("POST /mcp tools/list", RawServer.response(401, Site.HINT, "")),
            "stale-token-after-auth",
            "needs-auth stale-token-after-auth",
            "init",
            "prm",
            "asm",
            "code",
            "init",
            "refresh",
            "old",
            "pause")
        .okHttp(
            "a session that is gone, said with 400",
            new Site()
                .on(INIT, opened())
                .on(
                    "POST /mcp tools/list",
                    Site.json(200, TOOLS),
                    Site.json(400, "{\"error\":\"session not found\"}")),
            "session-lost(answered-400)",
            "connected",
            "init",
            "list",
            "list",
            "pause")
        .javaSdk(
            "a session that is refused at its first request, and the application ends",
            new Site()
                .on(INIT, opened())
                .on("POST /mcp tools/list", RawServer.response(404, "", ""), Site.json(200, TOOLS)),
            "session-never-accepted(replicas) 404",
            "connected",
            "streamable")
        .kotlinSdk(
            "the old token after the new one came",
            challenging().on("POST /mcp tools/list", RawServer.response(401, Site.HINT, "")),
            "stale-token-after-auth 401",
            "needs-auth stale-token-after-auth",
            "connect",
            "prm",
            "asm",
            "code",
            "pin",
            "connect",
            "refresh",
            "list")
        .kotlinSdk(
            "the new token after a refresh",
            challenging(),
            "",
            "connected",
            "connect",
            "prm",
            "asm",
            "code",
            "connect",
            "refresh",
            "list")
        .kotlinSdk(
            "a session that is gone, said with 400",
            new Site()
                .on(INIT, opened())
                .on(
                    "POST /mcp tools/list",
                    Site.json(200, TOOLS),
                    Site.json(400, "{\"error\":\"session not found\"}")),
            "session-lost(answered-400) 400",
            "connected",
            "connect",
            "list",
            "list")
        .kotlinSdk(
            "404, and the SDK goes on with the session",
            new Site()
                .on(INIT, opened())
                .on("POST /mcp tools/list", Site.json(200, TOOLS), RawServer.response(404, "", "")),
            "session-lost(host-ignores-404) 404",
            "connected",
            "connect",
            "list",
            "list",
            "list")
        .kotlinSdk(
            "404, and the host connects anew",
            new Site()
                .on(INIT, opened())
                .on("POST /mcp tools/list", RawServer.response(404, "", ""), Site.json(200, TOOLS)),
            "",
            "connected",
            "connect",
            "list",
            "connect",
            "list")
        .tests();
  }

  private static Site challenging() {
    return new Site()
        .on(INIT, RawServer.response(401, Site.HINT, ""), Site.json(200, Site.INITIALIZED));
  }

  private static String opened() {
    return RawServer.response(
        200, "Content-Type: application/json\nMcp-Session-Id: s-0123456789", Site.INITIALIZED);
  }
}
