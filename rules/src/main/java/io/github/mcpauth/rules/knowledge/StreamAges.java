package io.github.mcpauth.rules.knowledge;

/**
 * How old the event streams of a server became, and how often it said that it has none. Confined to
 * the lock of the diagnosis.
 */
public final class StreamAges {

  private long last = Long.MIN_VALUE / 2;
  private int alike;
  private int none;

  /** A GET was answered 405: there is no event stream, and asking again is in vain. */
  public void none() {
    none++;
  }

  /** How often it was asked for a stream, and said that there is none, since the last one. */
  public int askedInVain() {
    return none;
  }

  /**
   * An event stream ended.
   *
   * @param age how old it was, in ms
   * @param spread by how much ages may differ and still count as alike, in ms
   * @return how many of the newest streams in a row, this one included, had about that age
   */
  public int ended(long age, long spread) {
    none = 0;
    boolean same = Math.abs(age - last) <= spread;
    last = age;
    alike = same ? alike + 1 : 1;
    return alike;
  }
}
