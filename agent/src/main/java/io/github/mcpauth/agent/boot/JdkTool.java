package io.github.mcpauth.agent.boot;

/** Tells the JDK's own programs, which JAVA_TOOL_OPTIONS reaches too, from hosts. */
final class JdkTool {

  static boolean running() {
    String module = System.getProperty("jdk.module.main");
    String command = System.getProperty("sun.java.command", "");
    // The launcher of single-file programs is in jdk.compiler, but what it runs is the user's.
    if (command.contains("com.sun.tools.javac.launcher.")) {
      return false;
    }
    return module != null && (module.startsWith("jdk.") || module.startsWith("java."));
  }

  private JdkTool() {}
}
