package io.github.mcpauth.agent.cli.check;

import io.github.mcpauth.agent.cli.terminal.Plain;
import io.github.mcpauth.agent.console.FindingBlock;
import io.github.mcpauth.agent.recording.LoggedFinding;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** Writes suites and cases as JUnit's XML, as CI servers read it. */
final class JUnitXml {

  /**
   * A test case.
   *
   * @param failure why it failed; null where it passed
   * @param type of the failure
   * @param text what else there is to say
   */
  record Case(String name, @Nullable String failure, String type, String text) {

    static Case passed(String name) {
      return new Case(name, null, "", "");
    }

    static Case of(LoggedFinding finding, boolean fails) {
      FindingBlock block = FindingBlock.of(finding.line().fields(), finding.count());
      StringBuilder text = new StringBuilder();
      for (FindingBlock.Entry entry : block.entries()) {
        for (String each : entry.texts()) {
          text.append('\n').append(entry.kind().label()).append(": ").append(each);
        }
      }
      return new Case(
          finding.rule() + ": " + finding.title(),
          fails ? block.text(FindingBlock.Kind.SEEN) : null,
          finding.severity(),
          text.append('\n').toString());
    }
  }

  private record Suite(String name, List<Case> cases) {}

  private final List<Suite> suites = new ArrayList<>();

  void suite(String name, List<Case> cases) {
    suites.add(new Suite(name, List.copyOf(cases)));
  }

  /** All of it as one document. */
  String document() {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuites");
      attribute(xml, "name", "mcp-auth-agent check");
      for (Suite suite : suites) {
        write(xml, suite);
      }
      xml.writeCharacters("\n");
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("XML cannot be written to memory", e);
    }
    return text.append('\n').toString();
  }

  private static void write(XMLStreamWriter xml, Suite suite) throws XMLStreamException {
    long failures = suite.cases().stream().filter(each -> each.failure() != null).count();
    xml.writeCharacters("\n  ");
    xml.writeStartElement("testsuite");
    attribute(xml, "name", suite.name());
    attribute(xml, "tests", String.valueOf(suite.cases().size()));
    attribute(xml, "failures", String.valueOf(failures));
    attribute(xml, "errors", "0");
    attribute(xml, "skipped", "0");
    for (Case each : suite.cases()) {
      write(xml, suite.name(), each);
    }
    xml.writeCharacters("\n  ");
    xml.writeEndElement();
  }

  private static void write(XMLStreamWriter xml, String suite, Case each)
      throws XMLStreamException {
    xml.writeCharacters("\n    ");
    xml.writeStartElement("testcase");
    attribute(xml, "classname", suite);
    attribute(xml, "name", each.name());
    attribute(xml, "time", "0");
    String failure = each.failure();
    if (failure != null || !each.text().isEmpty()) {
      xml.writeStartElement(failure == null ? "system-out" : "failure");
      if (failure != null) {
        if (!each.type().isEmpty()) {
          attribute(xml, "type", each.type());
        }
        attribute(xml, "message", failure);
      }
      for (String line : each.text().split("\n", -1)) {
        xml.writeCharacters(line.isEmpty() ? "" : "\n" + Plain.text(line));
      }
      xml.writeCharacters(each.text().isEmpty() ? "" : "\n");
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  // XML has no way to write most control characters.
  private static void attribute(XMLStreamWriter xml, String name, String value)
      throws XMLStreamException {
    xml.writeAttribute(name, Plain.text(value));
  }
}
