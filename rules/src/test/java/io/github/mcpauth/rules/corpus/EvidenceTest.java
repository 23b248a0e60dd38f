package io.github.mcpauth.rules.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.finding.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every finding there is rests on an exchange that took place: the log has its number. */
class EvidenceTest {

  @Test
  void everyFindingNamesAnExchange() {
    int findings = 0;
    for (Row row : CorpusTest.rows()) {
      Player player = Player.play(row);
      List<Finding> found = player.findings();
      for (Finding finding : found) {
        assertThat(finding.evidence()).as("%s: %s", row.title(), finding.rule()).isNotEmpty();
        assertThat(finding.evidence().get(0).exchangeId())
            .as("%s: %s", row.title(), finding.rule())
            .isBetween(1L, player.exchanges());
      }
      findings += found.size();
    }
    assertThat(findings).isGreaterThan(300);
  }
}
