package io.github.mcpauth.it.client;

import java.util.LinkedHashMap;
import java.util.Map;

/** Calls over one client and prints what an application sees: {@code <client> <origin> <path>…}. */
final class ContractProgram {

  static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";

  public static void main(String[] args) {
    HttpHost host = ClientUnderTest.valueOf(args[0]).host();
    for (int i = 2; i < args.length; i++) {
      Map<String, String> headers = new LinkedHashMap<>();
      headers.put("Content-Type", "application/json");
      if (!args[i].startsWith("/shop")) {
        headers.put("Accept", "application/json, text/event-stream");
        headers.put("Authorization", "Bearer tokentokentoken-of-the-host");
      }
      String body = args[i].startsWith("/shop") ? "{\"order\":7}" : LIST;
      System.out.println(args[i] + " " + outcome(host, args[1] + args[i], headers, body));
    }
    System.exit(0);
  }

  private static String outcome(
      HttpHost host, String url, Map<String, String> headers, String body) {
    try {
      return host.post(url, headers, body).toString();
    } catch (Exception e) {
      return e.getClass() + " " + String.valueOf(e.getMessage()).replaceAll(":\\d+", "");
    }
  }

  private ContractProgram() {}
}
