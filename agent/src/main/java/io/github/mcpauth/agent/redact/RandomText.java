package io.github.mcpauth.agent.redact;

/**
 * Tells keys from names: whether a text is likelier drawn at random from its alphabet than written
 * by a person. Compares two costs in bits: that of each character at random, and that of the text
 * as words, by how often a letter follows another in names of software and in English, with what
 * changes of case and between letters and digits cost there.
 *
 * <p>Misses fewer than 1 in 1000 keys of 16 random bytes in base64url, hex, or as a nanoid of 21
 * characters; takes for keys fewer than 1 in 100 slugs and names. Both are measured in its test.
 */
final class RandomText {

  /** In characters; what is shorter says too little. */
  static final int SHORTEST = 12;

  private static final int LONGEST = 4096;

  /** A number of so many digits is an id of something no more. */
  private static final int MOST_DIGITS = 14;

  private static final double THRESHOLD = 3.5;
  private static final double QUARTER_BITS = 4.0;
  private static final int LETTERS = 26;

  /**
   * What a letter costs behind another: a row for the beginning of a word, then one for each letter
   * before, with a column for each letter, in quarters of a bit from '0'.
   */
  private static final String COSTS =
      "?C?ACCCEEHGC@DE=JB=AHFFLLK"
          + "LC@BMIBNAQG>B=N@S=?<EHJKFM"
          + "<FFH<KKL=LO=HL;GS?AG?POOGT"
          + "=NHK>LO<CV>@IN:GT@D>DORRJV"
          + "<BGF9DFL<KHEGJ>GTBBHDMLNGT"
          + "AGAADHHOJRL@B<HDM9>@KGICKO"
          + "=MHI>ALO:SO=HM<IU@DAARNLBW"
          + "?IGI8JDB>SRBFD?DS=CGBPLQIQ"
          + "9KHI9LNP<RMHGK<HNDGAAPMRCU"
          + "CC>BCDCSOSI@A:?CPD?>LFRHTG"
          + ":KHG<KMK>KJJGM=FLJ9I>MIOLP"
          + "<GHF9IFH;OJCGG@FSD?DBKKRER"
          + "<KGD:KLQ:TK?GO<FWMADCKPRDS"
          + "9DEG:KJP=SNCDK=>OJCHCOPPFT"
          + "?J@?<E=N?NEHKEAGRL?;GGOOHP"
          + "GFAAMHDOHMG?@;A@U;A@BHDHNR"
          + "=NHG=MLC>UL?KO@CU>DBERPR9X"
          + "BIDGGJMMCQO;FKGEJCDA5MHOOQ"
          + ";JCC:JGP=SFGDG=GSGAADHPQDT"
          + "AL@G<KL?>SFFEIA@IK@:CLIRDV"
          + "<KDJ:IL@<SLFHN<GU>ADDPJNER"
          + "BADABJFQARL?@=LAU==<PNRIPM"
          + ";LFJ6MJO9TMHGK?HSHFHHMRPKV"
          + ":JHG:JLB;SKEIC=GTB@GJTMMLS"
          + "@F@E?FGJ=MMCBIC=OEC:FLKHBQ"
          + "?C@BBEDIFLIAA@C=LC=>FIHKNJ"
          + "=IGI7JLC>NIEFJ>FOIGGCOKLAA";

  private enum Kind {
    NONE,
    DIGIT,
    LOWER,
    UPPER,
    OTHER;

    static Kind of(char c) {
      return c >= '0' && c <= '9'
          ? DIGIT
          : c >= 'a' && c <= 'z' ? LOWER : c >= 'A' && c <= 'Z' ? UPPER : OTHER;
    }

    boolean isLetter() {
      return this == LOWER || this == UPPER;
    }
  }

  /** Whether it looks like a key; UUIDs, dates, numbers of a few digits and names do not. */
  static boolean isLikely(CharSequence whole) {
    if (whole.length() < SHORTEST || isUuid(whole)) {
      return false;
    }
    CharSequence text = whole.length() > LONGEST ? whole.subSequence(0, LONGEST) : whole;
    int digits = 0;
    boolean plain = true;
    for (int i = 0; i < text.length(); i++) {
      Kind kind = Kind.of(text.charAt(i));
      digits += kind == Kind.DIGIT ? 1 : 0;
      plain &= kind == Kind.DIGIT || kind == Kind.OTHER;
    }
    if (plain) {
      return digits == text.length() && digits > MOST_DIGITS;
    }
    return asWords(text) - atRandom(text) > THRESHOLD;
  }

  private static double asWords(CharSequence text) {
    double bits = 0;
    int row = 0;
    int run = 0;
    boolean upper = false;
    boolean lower = false;
    boolean digit = false;
    Kind before = Kind.NONE;
    for (int i = 0; i < text.length(); i++) {
      Kind kind = Kind.of(text.charAt(i));
      if (kind == Kind.DIGIT) {
        bits += 3.32 + (before == kind ? 0 : before.isLetter() ? 5 : 2);
      } else if (kind == Kind.OTHER) {
        bits += before == kind ? 5 : 3.5;
      } else {
        int letter = (text.charAt(i) | 0x20) - 'a';
        boolean hump = kind == Kind.UPPER && before == Kind.LOWER;
        boolean starts = hump || !before.isLetter();
        bits += (COSTS.charAt((starts ? 0 : row) * LETTERS + letter) - '0') / QUARTER_BITS;
        bits += change(kind, before, run);
        row = letter + 1;
      }
      upper |= kind == Kind.UPPER;
      lower |= kind == Kind.LOWER;
      digit |= kind == Kind.DIGIT;
      run = kind == before ? run + 1 : 1;
      before = kind;
    }
    return bits + (upper && lower && digit ? 9 : 0);
  }

  /** What a letter costs for standing behind one of another kind. */
  private static double change(Kind kind, Kind before, int run) {
    if (!before.isLetter()) {
      return (before == Kind.DIGIT ? 7 : 0) + (kind == Kind.UPPER ? 1.5 : 0.5);
    }
    if (kind == before) {
      return 0.1;
    }
    return kind == Kind.UPPER ? 4.5 : run == 1 ? 0.3 : 5;
  }

  private static double atRandom(CharSequence text) {
    int alphabet = 0;
    boolean lowerHex = true;
    boolean upperHex = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      Kind kind = Kind.of(c);
      alphabet |= 1 << kind.ordinal();
      lowerHex &= kind == Kind.DIGIT || c >= 'a' && c <= 'f';
      upperHex &= kind == Kind.DIGIT || c >= 'A' && c <= 'F';
    }
    if (lowerHex || upperHex) {
      return 4.0 * text.length();
    }
    int size =
        ((alphabet >> Kind.DIGIT.ordinal()) & 1) * 10
            + ((alphabet >> Kind.LOWER.ordinal()) & 1) * LETTERS
            + ((alphabet >> Kind.UPPER.ordinal()) & 1) * LETTERS
            + ((alphabet >> Kind.OTHER.ordinal()) & 1) * 2;
    return text.length() * Math.log(size) / Math.log(2);
  }

  /** {@code 8-4-4-4-12} hex digits: RFC 9562 §4. */
  static boolean isUuid(CharSequence text) {
    if (text.length() != 36) {
      return false;
    }
    for (int i = 0; i < 36; i++) {
      char c = text.charAt(i);
      boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
      if (hyphen ? c != '-' : Character.digit(c, 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private RandomText() {}
}
