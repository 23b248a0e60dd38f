package io.github.mcpauth.it.field;

import io.github.mcpauth.rules.corpus.FieldCase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A host that does, over HTTP, what those did whose cases are in a file: {@code <keystore>
 * jdk|okhttp <file of cases> <numbers of those to play>}.
 */
final class FieldHost {

  private static final int AT_ONCE = 4;

  public static void main(String[] args) throws Exception {
    Certificates certificates = Certificates.of(Path.of(args[0]));
    boolean onlyOkHttp = args[1].equals("okhttp");
    List<String> blocks = FieldCase.blocks(Files.readString(Path.of(args[2])));
    Semaphore turns = new Semaphore(AT_ONCE);
    ExecutorService pool = Executors.newCachedThreadPool();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (String each : args[3].split(",")) {
      int number = Integer.parseInt(each);
      List<String> steps = FieldCase.of(CaseHosts.of(number, blocks.get(number))).steps();
      all.add(
          CompletableFuture.runAsync(
              () -> play(number, steps, certificates, onlyOkHttp, turns), pool));
    }
    all.forEach(CompletableFuture::join);
    TimeUnit.SECONDS.sleep(10); // As the player of the corpus: quiet before the end.
    System.exit(0);
  }

  private static void play(
      int number,
      List<String> steps,
      Certificates certificates,
      boolean onlyOkHttp,
      Semaphore turns) {
    try {
      ScriptedProxy proxy = new ScriptedProxy(certificates.context());
      Client jdk = Client.jdk(proxy.address(), certificates);
      Client okhttp = Client.okhttp(proxy.address(), certificates);
      new CaseRun(number, steps, proxy, jdk, okhttp, onlyOkHttp, turns).play();
    } catch (Exception e) {
      System.out.println("not played: " + number + " " + e);
    }
  }

  private FieldHost() {}
}
