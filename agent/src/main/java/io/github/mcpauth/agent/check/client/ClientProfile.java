package io.github.mcpauth.agent.check.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a client asks.
 *
 * @param id as it is typed
 * @param label as people call it, with the version that was looked at
 * @param accept of a message that is posted
 * @param versionOnInitialize whether initialize has the header MCP-Protocol-Version
 * @param versionAfterwards whether what follows has it
 * @param offersHttp2 whether cleartext requests offer to upgrade to HTTP/2 (h2c)
 * @param followsRedirects whether it goes where a redirect leads
 * @param looksForMetadata whether it looks for metadata by itself when a login is wanted
 * @param opensStream whether it opens a stream with GET
 * @param endsSession whether it ends its session with DELETE
 * @param login what it does where a login is wanted and everything is offered
 * @param habits what it does where something is found
 */
public record ClientProfile(
    String id,
    String label,
    String accept,
    boolean versionOnInitialize,
    boolean versionAfterwards,
    boolean offersHttp2,
    boolean followsRedirects,
    boolean looksForMetadata,
    boolean opensStream,
    boolean endsSession,
    String login,
    List<Habit> habits) {

  public ClientProfile {
    habits = List.copyOf(habits);
  }

  /** A client that asks like this one, and does something else with what it gets. */
  ClientProfile likewise(String id, String label, String login, List<Habit> habits) {
    return new ClientProfile(
        id,
        label,
        accept,
        versionOnInitialize,
        versionAfterwards,
        offersHttp2,
        followsRedirects,
        looksForMetadata,
        opensStream,
        endsSession,
        login,
        habits);
  }

  /** What it does where that is found; null where that is not known. */
  public @Nullable Habit habit(String rule, String cause) {
    for (Habit each : habits) {
      if (each.isAbout(rule, cause)) {
        return each;
      }
    }
    return null;
  }
}
