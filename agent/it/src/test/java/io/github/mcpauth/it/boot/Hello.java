package io.github.mcpauth.it.boot;

/** A program without HTTP that writes to both streams and exits with a code of its own. */
public final class Hello {

  public static void main(String[] args) {
    System.out.println("hello, world");
    System.err.println("a word on stderr");
    System.exit(3);
  }

  private Hello() {}
}
