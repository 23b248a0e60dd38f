package io.github.mcpauth.it.harm;

import com.sun.tools.attach.VirtualMachine;

/** Loads the agent into a JVM that runs: {@code <pid> <jar> <options>}. */
final class AttachHelper {

  public static void main(String[] args) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(args[0]);
    try {
      machine.loadAgent(args[1], args[2]);
    } finally {
      machine.detach();
    }
  }

  private AttachHelper() {}
}
