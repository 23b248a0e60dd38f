package io.github.mcpauth.it.harness;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/** Takes connections until its socket is closed, each on a daemon thread of its own. */
public final class Connections {

  /** Takes them on a thread of that name, which it returns. */
  public static Thread accept(ServerSocket socket, String name, Consumer<Socket> serving) {
    return daemon(
        name,
        () -> {
          while (!socket.isClosed()) {
            try {
              Socket connection = socket.accept();
              daemon(name + "-connection", () -> serving.accept(connection));
            } catch (IOException e) {
              return;
            }
          }
        });
  }

  /** Begins something that ends with the process at the latest. */
  public static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private Connections() {}
}
