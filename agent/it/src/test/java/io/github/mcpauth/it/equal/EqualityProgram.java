package io.github.mcpauth.it.equal;

import java.io.PrintStream;
import java.net.URI;
import java.util.List;

/**
 * Makes generated calls, one after the other, and prints what it observes of each: {@code
 * jdk|okhttp <origin> <seed>…}.
 */
final class EqualityProgram {

  /** Makes one call over one client. */
  interface Player {
    void play(GeneratedCall call, String origin, Notes notes) throws Exception;
  }

  private static final GeneratedCall WARM_UP = Generator.plain(0);

  public static void main(String[] args) throws Exception {
    PrintStream out = System.out;
    try (Announcements server = new Announcements(URI.create(args[1]))) {
      Player player = args[0].equals("jdk") ? new JdkPlayer(server) : new OkHttpPlayer(server);
      play(player, WARM_UP, args[1]); // What follows is not to depend on how fast a JVM starts.
      StringBuilder all = new StringBuilder();
      for (int i = 2; i < args.length; i++) {
        int seed = Integer.parseInt(args[i]);
        server.next(seed);
        for (String line : play(player, Generator.call(seed), args[1])) {
          all.append(seed).append(' ').append(line).append('\n');
        }
      }
      out.print(all);
      out.flush();
    }
    System.exit(0);
  }

  private static List<String> play(Player player, GeneratedCall call, String origin) {
    Notes notes = new Notes();
    try {
      player.play(call, origin, notes);
    } catch (Throwable e) {
      notes.failed(e);
    }
    return notes.close();
  }

  private EqualityProgram() {}
}
