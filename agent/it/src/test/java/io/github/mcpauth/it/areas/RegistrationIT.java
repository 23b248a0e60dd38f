package io.github.mcpauth.it.areas;

import io.github.mcpauth.it.harness.RawServer;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The way to a client id. */
class RegistrationIT {

  private static final String INIT = "POST /mcp initialize";

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> eachFaultIsOneFindingAndNormalBehaviourIsNone() {
    return new Area(folder)
        .okHttp(
            "a loopback redirect URI is refused",
            challenging()
                .on("POST /register", Site.json(400, "{\"error\":\"invalid_redirect_uri\"}")),
            "client-registration-rejected(application-type)",
            "failed client-registration-rejected",
            "init",
            "prm",
            "asm",
            "register",
            "pause")
        .okHttp(
            "nothing registers there",
            challenging().on("POST /register", RawServer.response(404, "", "")),
            "client-registration-unavailable(endpoint-broken)",
            "failed client-registration-unavailable",
            "init",
            "prm",
            "asm",
            "register",
            "pause")
        .okHttp(
            "a client that was known before",
            challenging().on("POST /register", RawServer.response(404, "", "")),
            "",
            "connected",
            "init",
            "prm",
            "asm",
            "code",
            "init",
            "pause")
        .kotlinSdk(
            "a loopback redirect URI is refused",
            challenging()
                .on("POST /register", Site.json(400, "{\"error\":\"invalid_redirect_uri\"}")),
            "client-registration-rejected(application-type) 400",
            "failed client-registration-rejected",
            "connect",
            "prm",
            "asm",
            "register")
        .kotlinSdk(
            "registered, logged in, connected",
            challenging(),
            "",
            "connected",
            "connect",
            "prm",
            "asm",
            "register",
            "code",
            "connect",
            "list")
        .tests();
  }

  private static Site challenging() {
    return new Site()
        .on(INIT, RawServer.response(401, Site.HINT, ""), Site.json(200, Site.INITIALIZED));
  }
}
