package io.github.mcpauth.rules.knowledge;

/**
 * Whether an event stream of a server is open, how old those before became, and how often it said
 * that it has none. Confined to the lock of the diagnosis.
 */
public final class StreamAges {

  private long last = Long.MIN_VALUE / 2;
  private int alike;
  private int none;
  private int others;
  private long newest;
  private int open;

  /** A GET was answered with an event stream. */
  public void opened(long exchangeId) {
    newest = exchangeId;
    others = 0;
    open++;
  }

  /** One of them is over, whoever ended it. */
  public void closed() {
    open = Math.max(0, open - 1);
  }

  /** The exchange of the newest stream, while one is open; else 0. */
  public long openedBy() {
    return open > 0 ? newest : 0;
  }

  /** Whether there was one, and none is open any more. */
  public boolean areOver() {
    return newest > 0 && open == 0;
  }

  /**
   * A GET was answered with success, and with something that is no event stream.
   *
   * @return how often that was in a row
   */
  public int answeredOtherwise() {
    return ++others;
  }

  /** A GET was answered 405: there is no event stream, and asking again is in vain. */
  public void none() {
    others = 0;
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
