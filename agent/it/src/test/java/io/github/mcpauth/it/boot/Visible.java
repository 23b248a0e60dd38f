package io.github.mcpauth.it.boot;

import java.net.http.HttpClient;

/** Loads an HTTP client, then prints which of the given classes and resources it can see. */
public final class Visible {

  public static void main(String[] names) {
    HttpClient.newHttpClient();
    for (String name : names) {
      if (visible(name)) {
        System.out.println(name);
      }
    }
  }

  private static boolean visible(String name) {
    ClassLoader loader = ClassLoader.getSystemClassLoader();
    try {
      return name.indexOf('/') >= 0
          ? loader.getResource(name) != null
          : Class.forName(name, false, loader) != null;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private Visible() {}
}
