package io.github.mcpauth.it.attack;

import io.github.mcpauth.it.harness.ForkedJvm;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What must be true of a play: {@code <who> [never] <verb> <what>}. Servers and the log {@code get}
 * so many texts, hosts {@code see} answers, log and stderr {@code say} something.
 *
 * @param text as the scenario has it, with values in the place of names
 */
record Claim(String text) {

  /** What there is to judge by. */
  record Evidence(
      Map<String, ScriptedServer> servers, List<Step.Answer> answers, ForkedJvm.Run run) {

    private List<String> log() {
      return run.log().lines().stream().map(Object::toString).toList();
    }

    private List<String> of(String who, String verb) {
      if (verb.equals("sees")) {
        return answers.stream()
            .filter(answer -> answer.label().equals(who))
            .map(Step.Answer::text)
            .toList();
      }
      return switch (who) {
        case "log" -> log();
        case "stderr" -> List.of(run.stderr());
        case "nothing" ->
            Stream.concat(log().stream(), Stream.of(run.stderr(), run.stdout())).toList();
        default -> servers.get(who).received();
      };
    }
  }

  /** What is the case instead; null where the claim holds. */
  @Nullable String denied(Evidence evidence) {
    String[] words = text.split(" ");
    boolean never = words[1].equals("never");
    String verb = words[never ? 2 : 1];
    String what = text.substring(text.indexOf(' ' + verb + ' ') + verb.length() + 2);
    List<String> texts = evidence.of(words[0], verb);
    if (never || words[0].equals("nothing")) {
      return none(texts, what);
    }
    return switch (verb) {
      case "gets" -> gets(texts, what.split(" "));
      case "says" -> texts.stream().anyMatch(each -> each.contains(what)) ? null : "it does not";
      case "sees" -> sees(texts, what);
      default -> throw new IllegalArgumentException(text);
    };
  }

  /** {@code <number> <word>…}: so many have all the words; {@code <=} and {@code >=} are known. */
  private static @Nullable String gets(List<String> texts, String[] words) {
    long number = Long.parseLong(words[0].replaceAll("[<>=]", ""));
    List<String> each = Stream.of(words).skip(1).map(word -> word.replace('~', ' ')).toList();
    long got = texts.stream().filter(text -> each.stream().allMatch(text::contains)).count();
    boolean holds =
        words[0].startsWith("<=")
            ? got <= number
            : words[0].startsWith(">=") ? got >= number : got == number;
    return holds ? null : "it got " + got;
  }

  /** Where one of the texts has it; null where none does. */
  static @Nullable String none(List<String> texts, String what) {
    return texts.stream()
        .filter(text -> text.contains(what))
        .map(text -> "there is …" + around(text, what) + '…')
        .findFirst()
        .orElse(null);
  }

  private static String around(String text, String what) {
    int at = text.indexOf(what);
    return text.substring(Math.max(0, at - 300), Math.min(text.length(), at + 200));
  }

  /** Each answer has this status, or this text. */
  private static @Nullable String sees(List<String> texts, String what) {
    boolean status = what.matches("\\d{3}");
    boolean holds =
        !texts.isEmpty()
            && texts.stream()
                .allMatch(each -> status ? each.startsWith(what) : each.contains(what));
    return holds ? null : "it saw " + texts;
  }
}
