package io.github.mcpauth.it.areas;

import io.github.mcpauth.it.harness.RawServer;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Tokens: asked for, refused, renewed. */
class TokenIT {

  private static final String INIT = "POST /mcp initialize";
  private static final String EXPIRED =
      "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1IiwiZXhwIjoxNzAwMDAwMDAwfQ.c2ln";

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> eachFaultIsOneFindingAndNormalBehaviourIsNone() {
    return new Area(folder)
        .okHttp(
            "the code is refused",
            challenging().on("POST /token", Site.json(400, "{\"error\":\"invalid_grant\"}")),
            "token-request-rejected(code-rejected)",
            "failed token-request-rejected",
            "init",
            "prm",
            "asm",
            "code",
            "pause")
        .okHttp(
            "the token endpoint is out of order",
            challenging().on("POST /token", RawServer.response(503, "", "")),
            "server-error(gateway)",
            "failed server-error again",
            "init",
            "prm",
            "asm",
            "code",
            "pause")
        .javaSdk(
            "a token that has expired",
            new Site()
                .on("*", RawServer.response(401, Site.HINT + ", error=\"invalid_token\"", "")),
            "token-expired(expired)",
            "needs-auth token-expired",
            "streamable",
            EXPIRED)
        .okHttp(
            "a refresh",
            challenging(),
            "",
            "connected",
            "init",
            "prm",
            "asm",
            "register",
            "code",
            "init",
            "list",
            "refresh",
            "list",
            "pause")
        .kotlinSdk(
            "the code is refused",
            challenging().on("POST /token", Site.json(400, "{\"error\":\"invalid_grant\"}")),
            "token-request-rejected(code-rejected) 400",
            "failed token-request-rejected",
            "connect",
            "prm",
            "asm",
            "code")
        .kotlinSdk(
            "a token that has expired",
            new Site()
                .on("*", RawServer.response(401, Site.HINT + ", error=\"invalid_token\"", "")),
            "token-expired(expired) 401",
            "needs-auth token-expired",
            "token=" + EXPIRED,
            "connect")
        .kotlinSdk(
            "a refresh",
            challenging(),
            "",
            "connected",
            "connect",
            "prm",
            "asm",
            "register",
            "code",
            "connect",
            "list",
            "refresh",
            "list")
        .tests();
  }

  private static Site challenging() {
    return new Site()
        .on(INIT, RawServer.response(401, Site.HINT, ""), Site.json(200, Site.INITIALIZED));
  }
}
