package io.github.mcpauth.it.attack;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * A host that makes the requests that it is told, and writes down what it saw: {@code <steps>
 * <answers>}, both files of JSON.
 */
final class Host {

  /** One of the clients that it has. */
  interface Client {
    /** Sends a request once; the text of its answer. */
    String send(Step step) throws Exception;
  }

  private static final Executor THREADS = task -> new Thread(task).start();

  public static void main(String[] args) throws Exception {
    ObjectMapper json = new ObjectMapper();
    Step[] steps = json.readValue(Path.of(args[0]).toFile(), Step[].class);
    ConcurrentLinkedQueue<Step.Answer> answers = new ConcurrentLinkedQueue<>();
    Map<Integer, Client> clients = new HashMap<>();
    List<CompletableFuture<Void>> meanwhile = new ArrayList<>();
    int play = -1;
    for (Step step : steps) {
      if (step.play() != play) {
        meanwhile.forEach(CompletableFuture::join);
        clients.clear();
        play = step.play();
      }
      Client client = clients.computeIfAbsent(play, any -> client(step.client()));
      for (int i = 0; i < step.times(); i++) {
        Runnable task =
            () -> answers.add(new Step.Answer(step.play(), step.label(), sent(client, step)));
        if (step.has("meanwhile")) {
          meanwhile.add(CompletableFuture.runAsync(task, THREADS));
        } else {
          task.run();
        }
      }
    }
    meanwhile.forEach(CompletableFuture::join);
    json.writeValue(Path.of(args[1]).toFile(), answers);
    System.exit(0);
  }

  private static Client client(String name) {
    return switch (name) {
      case "jdk" -> new JdkClient();
      case "okhttp" -> new OkClient();
      case "sdk" -> new SdkClient();
      default -> throw new IllegalArgumentException("no such client: " + name);
    };
  }

  private static String sent(Client client, Step step) {
    try {
      return client.send(step);
    } catch (Exception e) {
      return "failed: " + e;
    }
  }

  private Host() {}
}
