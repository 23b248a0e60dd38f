package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.mcp.JsonRpc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the words of authorization servers, frameworks, gateways and proxies mean: {@code
 * words.tsv}, read when the first of them is looked up. The row that asks for most wins.
 */
public final class WordTable {

  private static final String FILE = "/io/github/mcpauth/rules/words.tsv";
  private static final int COLUMNS = 8;

  /** What only a request of several messages can be refused for. */
  private static final String BATCH = "batch-refused";

  private static final List<String> WHO_ANSWERED =
      List.of(
          "Server",
          "Via",
          "X-Squid-Error",
          "X-Deny-Reason",
          "Ngrok-Error-Code",
          "x-amzn-ErrorType",
          "apigw-requestid",
          "x-amzn-waf-action",
          "x-render-routing",
          "x-vercel-error");

  /** Read by who asks first; a host in which nothing is refused never does. */
  private static final class Rows {
    static final List<Wording> ALL = read();
  }

  /** All rows, in the order of the file. */
  public static List<Wording> rows() {
    return Rows.ALL;
  }

  /** What the table is asked about the words of an answer, beside its body. */
  private record Question(
      Role role, boolean batch, int status, Said said, String headers, boolean html) {

    /** The rows that know of it, in the order of the file. */
    private List<Wording> matching(String body) {
      String leg = role == Role.MCP ? "mcp" : "oauth";
      String code = said.code() == null ? "" : said.code().toLowerCase(Locale.ROOT);
      String page = html ? Page.words(body) : "";
      String text = Quotes.plain(Boilerplate.without(said.lower()) + ' ' + headers + page);
      // What is said of a token that is given back is not said of one that was to be used.
      boolean revokes = role == Role.REVOCATION;
      return Rows.ALL.stream()
          .filter(row -> !(revokes && row.isOfText() && row.leg().equals(leg)))
          .filter(row -> batch || !row.cause().equals(BATCH))
          .filter(row -> row.matches(leg, code, status, text, body))
          .toList();
    }
  }

  /** What was found about a body already: a dozen rules ask the same. */
  private static final Function<Body, Map<Question, List<Wording>>> FOUND =
      body -> new ConcurrentHashMap<>(4);

  /** The row that knows most of what an answer says, or null where none does. */
  public static @Nullable Wording of(Exchange exchange, Said said) {
    return of(exchange, said, row -> true);
  }

  /** The same among the rows that may be meant. */
  public static @Nullable Wording of(Exchange exchange, Said said, Predicate<Wording> meant) {
    boolean batch = exchange.requestBody().as(JsonRpc.CONTENT).list();
    boolean html = AnswerBody.isHtml(exchange);
    String text = AnswerBody.text(exchange);
    Question asked =
        new Question(exchange.role(), batch, exchange.status(), said, headers(exchange), html);
    Body body = exchange.responseBody();
    return best(
        body.isEmpty() // It may be everybody's.
            ? asked.matching(text)
            : body.as(FOUND).computeIfAbsent(asked, question -> question.matching(text)),
        meant);
  }

  /** The row that knows most of the error that answered a call with success, or null. */
  public static @Nullable Wording ofCall(String said) {
    String body = said.toLowerCase(Locale.ROOT);
    String text = Quotes.plain(body);
    return best(
        row ->
            row.isOfText()
                && !row.cause().equals(BATCH) // One message was answered: there was no batch.
                && row.matches("mcp", "", 200, text, body));
  }

  /**
   * The row of a product that knows most of what a tool says of its own request for a token or of
   * its use, or null.
   */
  public static @Nullable Wording ofTool(String said) {
    String body = said.toLowerCase(Locale.ROOT);
    String text = Quotes.plain(body);
    return best(
        row ->
            row.isOfText()
                && row.isOfVendor()
                && (row.matches("oauth", "", 200, text, body)
                    || row.matches("mcp", "", 200, text, body)));
  }

  /** The row that knows most of what an exception of the HTTP client says, or null. */
  public static @Nullable Wording ofFailure(String said) {
    String body = said.toLowerCase(Locale.ROOT);
    String text = Quotes.plain(body);
    return best(row -> row.matches("client", "", 0, text, body));
  }

  private static @Nullable Wording best(Predicate<Wording> matches) {
    return best(Rows.ALL, matches);
  }

  private static @Nullable Wording best(List<Wording> rows, Predicate<Wording> matches) {
    Wording best = null;
    for (Wording row : rows) {
      if ((best == null || row.weight() > best.weight()) && matches.test(row)) {
        best = row;
      }
    }
    return best;
  }

  /** Header fields that tell who answered. */
  private static String headers(Exchange exchange) {
    StringBuilder text = new StringBuilder();
    for (String name : WHO_ANSWERED) {
      String value = exchange.responseHeaders().first(name);
      if (value != null) {
        text.append('[').append(name).append(": ").append(value).append("] ");
      }
    }
    return text.toString().toLowerCase(Locale.ROOT);
  }

  private static List<Wording> read() {
    List<Wording> rows = new ArrayList<>();
    Map<String, Actor> actors =
        Arrays.stream(Actor.values()).collect(Collectors.toMap(Actor::label, Function.identity()));
    for (String[] cells : Table.rows(FILE, COLUMNS)) {
      rows.add(row(cells, actors));
    }
    return List.copyOf(rows);
  }

  private static Wording row(String[] cells, Map<String, Actor> actors) {
    Actor actor = actors.get(cells[5]);
    if (actor == null) {
      throw new IllegalStateException("words.tsv: no actor is called " + cells[5]);
    }
    List<String> phrases = cells[3].equals("-") ? List.of() : List.of(cells[3].split(" \\+ ", -1));
    List<String> plain =
        phrases.stream().map(each -> each.startsWith("{") ? each : Quotes.plain(each)).toList();
    return new Wording(cells[0], cells[1], cells[2], plain, cells[4], actor, cells[6], cells[7]);
  }

  private WordTable() {}
}
