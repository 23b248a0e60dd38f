package io.github.mcpauth.bench.program;

/** A program without HTTP. */
public final class Hello {

  public static void main(String[] args) {
    System.out.println("hello");
  }

  private Hello() {}
}
