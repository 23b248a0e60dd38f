package io.github.mcpauth.agent.redact;

import io.github.mcpauth.agent.redact.SecretTable.Entry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remembers secrets, so that they are masked wherever else they turn up: whole or their first eight
 * characters and more, in any case, escaped, or in base64. What a peer names cannot displace what
 * the host itself uses: each has a table of its own. Together they take at most some 6 MB.
 */
final class SeenSecrets {

  /** Of a secret this much is enough to be masked. */
  static final int HEAD = 8;

  /** Of one with spaces that begins like a sentence, this much. */
  private static final int HEAD_OF_WORDS = 16;

  private static final int MOST_CREDENTIALS = 4096;
  private static final int MOST_OTHERS = 8192;
  private static final int MOST_OF_A_HEAD = 64;
  private static final int DIGITS_OF_A_TEXT = 24;
  private static final int LONGEST_WORD = 48;
  private static final int LONGEST_IN_BASE64 = 1024;

  private final PrefixHashes.Base base =
      new PrefixHashes.Base(ByteBuffer.wrap(RandomBytes.of(8)).getLong());
  private final long headPower = base.power(HEAD);
  private final long headOfWordsPower = base.power(HEAD_OF_WORDS);
  private final SecretTable credentials = new SecretTable(MOST_CREDENTIALS);
  private final SecretTable issued = new SecretTable(MOST_CREDENTIALS);
  private final SecretTable others = new SecretTable(MOST_OTHERS);
  private final SecretTable othersInBase64 = new SecretTable(MOST_OTHERS);
  private final ShortSecrets shortOnes = new ShortSecrets(base);
  private final SecretPieces pieces = new SecretPieces(base);

  /** A secret of the host. */
  void credential(String secret, String mask) {
    credential(credentials, secret, mask);
  }

  /** A secret of the host, of which any part may come back. */
  void piecewise(String secret, String mask) {
    credential(credentials, secret, mask);
    if (!Vocabulary.has(secret) && secret.chars().noneMatch(c -> c <= ' ')) {
      pieces.add(secret, mask);
    }
  }

  /** What a peer gave the host as a credential. */
  void issued(String secret, String mask) {
    credential(issued, secret, mask);
  }

  private void credential(SecretTable table, String secret, String mask) {
    boolean fixed =
        table == issued ? Vocabulary.hasAll(secret, DIGITS_OF_A_TEXT) : Vocabulary.has(secret);
    if (secret.length() < HEAD) {
      if (table == issued) {
        shortOnes.ofPeer(secret, mask);
      } else {
        shortOnes.ofHost(secret, mask);
      }
    } else if (!fixed) {
      if (add(table, secret, mask, secret.indexOf("://") < 0)) {
        inBase64(table, secret, mask);
      }
    }
  }

  /**
   * A value that is not shown, and may be a secret.
   *
   * @param typed whether a user may have typed it, who has numbers to hide
   */
  void other(String value, String mask, boolean typed) {
    if (value.length() >= HEAD && !Vocabulary.hasAll(value, typed ? 0 : DIGITS_OF_A_TEXT)) {
      boolean word = value.indexOf("://") < 0 && value.indexOf(' ') < 0;
      if (add(others, value, mask, word) && word && value.length() <= LONGEST_IN_BASE64) {
        inBase64(othersInBase64, value, mask);
      }
    }
  }

  /** What a peer called a secret, and is too short to be found in the middle of a word. */
  void shortOneOfPeer(String secret, String mask) {
    shortOnes.ofPeer(secret, mask);
  }

  /** Returns whether it is new. */
  private boolean add(SecretTable table, String secret, String mask, boolean partial) {
    PrefixHashes hashes = base.of(secret);
    long power = base.power(secret.length());
    boolean wordy = true;
    for (int i = 0; i < HEAD; i++) {
      char c = secret.charAt(i);
      wordy &= Character.isLetter(c) || c == '-' || c == '_' || c == '.';
    }
    boolean spaces = secret.chars().anyMatch(c -> c <= ' ');
    int least = spaces ? Math.min(HEAD_OF_WORDS, secret.length()) : HEAD;
    boolean sentence = spaces && Vocabulary.hasAll(secret.substring(0, least), DIGITS_OF_A_TEXT);
    return table.add(
        new Entry(
            hashes.hash(0, secret.length(), power),
            power,
            secret.length(),
            hashes.hash(0, HEAD, headPower),
            hashes.hash(0, least, base.power(least)),
            partial && !sentence ? least : 0,
            spaces,
            wordy,
            mask));
  }

  /**
   * As it is in the base64 of a longer text, where it may begin at any of three places in a group.
   */
  private void inBase64(SecretTable table, String secret, String mask) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    for (int before = 0; before < 3; before++) {
      byte[] moved = new byte[before + bytes.length];
      System.arraycopy(bytes, 0, moved, before, bytes.length);
      String text = Base64.getEncoder().withoutPadding().encodeToString(moved);
      int first = before == 0 ? 0 : before + 1;
      int last = moved.length * 8 / 6;
      if (last - first >= HEAD) {
        add(table, text.substring(first, last), mask, true);
      }
    }
  }

  /** The text with every remembered secret masked. */
  String mask(String text) {
    return mask(text, UnescapedText.of(text));
  }

  /** Likewise, with the readings of the text. */
  String mask(String text, List<UnescapedText> readings) {
    if (isEmpty() || text.length() < ShortSecrets.SHORTEST) {
      return text;
    }
    FoundSecrets found = new FoundSecrets();
    for (UnescapedText reading : readings) {
      find(reading, found, false);
    }
    UnescapedText last = readings.get(readings.size() - 1);
    for (UnescapedText spelled : Spelled.in(last)) {
      find(spelled, found, false);
    }
    UnescapedText joined = Joined.of(last);
    if (joined != null) {
      find(joined, found, true);
    }
    return found.masked(text);
  }

  private boolean isEmpty() {
    return credentials.isEmpty() && issued.isEmpty() && others.isEmpty() && shortOnes.isEmpty();
  }

  /**
   * Finds what is in a reading.
   *
   * @param loose whether it reads like a secret by chance as well, so that only a whole one counts
   */
  private void find(UnescapedText reading, FoundSecrets found, boolean loose) {
    PrefixHashes hashes = base.of(reading);
    int words = 0;
    int i = 0;
    while (i + HEAD <= reading.length()) {
      long head = hashes.hash(i, HEAD, headPower);
      Match longest = longest(reading, hashes, i, credentials.beginning(head), null, loose);
      longest = longest(reading, hashes, i, issued.beginning(head), longest, loose);
      longest = longest(reading, hashes, i, others.beginning(head), longest, loose);
      longest = longest(reading, hashes, i, othersInBase64.beginning(head), longest, loose);
      int next = i + 1;
      if (longest != null && !(loose && longest.entry().wordy())) {
        found.add(reading.start(i), reading.end(longest.end() - 1), longest.entry().mask());
        next = longest.whole() ? next : longest.end();
      } else if (longest == null && !loose && i >= words) {
        int end = pieces.find(reading, hashes, i, found);
        words = Math.max(words, -end);
        next = Math.max(next, end);
      }
      i = next;
    }
    if (!loose) {
      shortOnes.find(reading, hashes, found);
    }
  }

  /** A secret, or the beginning of one, that ends before that index of a reading. */
  private record Match(Entry entry, int end, boolean whole) {}

  private @Nullable Match longest(
      UnescapedText reading,
      PrefixHashes hashes,
      int from,
      List<Entry> entries,
      @Nullable Match known,
      boolean loose) {
    Match longest = known;
    int[] runs = {-1, -1};
    // The newest first, and not all of a thousand tokens that begin with the same header.
    for (int i = entries.size() - 1; i >= Math.max(0, entries.size() - MOST_OF_A_HEAD); i--) {
      Entry entry = entries.get(i);
      int end = from + entry.length();
      boolean whole =
          end <= reading.length()
              && hashes.hash(from, entry.length(), entry.power()) == entry.hash()
              && hasSpacesLike(entry, reading, from, end);
      boolean partial = !whole && !loose && isPartial(reading, hashes, from, entry);
      if (partial) {
        int kind = entry.spaces() ? 1 : 0;
        runs[kind] = runs[kind] < 0 ? partialEnd(reading, from, entry) : runs[kind];
        partial = runs[kind] > from;
        end = Math.min(end, runs[kind]);
      }
      boolean masked = partial || whole && !FixedWords.around(reading, from, end);
      if (masked && (longest == null || end > longest.end())) {
        longest = new Match(entry, end, whole);
      }
    }
    return longest;
  }

  private boolean isPartial(UnescapedText reading, PrefixHashes hashes, int from, Entry entry) {
    int length = entry.partialLength();
    return length > 0
        && from + length <= reading.length()
        && hashes.hash(from, length, power(length)) == entry.partial()
        && hasSpacesLike(entry, reading, from, from + length);
  }

  /** To the hash a space is what stands for it in a form, and that is a letter of base64, too. */
  private static boolean hasSpacesLike(Entry entry, UnescapedText reading, int from, int end) {
    for (int i = from; i < end && !entry.spaces(); i++) {
      if (reading.charAt(i) == ' ') {
        return false;
      }
    }
    return true;
  }

  private long power(int length) {
    return length == HEAD
        ? headPower
        : length == HEAD_OF_WORDS ? headOfWordsPower : base.power(length);
  }

  /** The end of the run that begins like a secret, or 0 where that run is a word of its own. */
  private static int partialEnd(UnescapedText reading, int from, Entry entry) {
    int start = from;
    while (start > 0 && from - start < LONGEST_WORD && isWord(reading.charAt(start - 1))) {
      start--;
    }
    if (entry.wordy() && start < from) {
      return 0;
    }
    int end = from + HEAD;
    while (end < reading.length() && isRun(reading.charAt(end), entry.spaces())) {
      end++;
    }
    boolean fixed = entry.partialLength() == HEAD && FixedWords.around(reading, from, from + 1);
    return fixed || FixedWords.is(reading, start, end) ? 0 : end;
  }

  private static boolean isRun(char c, boolean spaces) {
    return isWord(c) || "-._~+/=%".indexOf(c) >= 0 || spaces && c == ' ';
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c);
  }
}
