package io.github.mcpauth.bench.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One MCP exchange and out; {@code jdk|okhttp URL [memory]}. */
public final class First {

  public static void main(String[] args) throws Exception {
    Client.of(args[0]).post(args[1] + "/mcp", Client.MCP);
    if (args.length > 2) {
      // So that what is done in the background is done.
      Thread.sleep(1500);
      System.out.println(residentKilobytes());
    }
  }

  /** What Linux says is resident of this process, in kB; 0 elsewhere. */
  private static long residentKilobytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    List<String> lines = Files.exists(status) ? Files.readAllLines(status) : List.of();
    for (String line : lines) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    return 0;
  }

  private First() {}
}
