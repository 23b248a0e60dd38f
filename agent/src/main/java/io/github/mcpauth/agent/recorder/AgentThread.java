package io.github.mcpauth.agent.recorder;

/**
 * Makes the agent's own threads. They are daemons of the root group, where the system lets them: a
 * host that interrupts or ends its own group does not mean them.
 */
final class AgentThread {

  static Thread of(Runnable work, String name) {
    Thread thread = new Thread(root(), work, name, 0, false);
    thread.setDaemon(true);
    // The host's context class loader would be inherited, and pinned.
    thread.setContextClassLoader(AgentThread.class.getClassLoader());
    return thread;
  }

  private static ThreadGroup root() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    try {
      while (group.getParent() != null) {
        group = group.getParent();
      }
    } catch (SecurityException e) {
      return Thread.currentThread().getThreadGroup(); // As far up as a policy for the host allows.
    }
    return group;
  }

  private AgentThread() {}
}
