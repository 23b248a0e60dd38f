package io.github.mcpauth.agent.cli.check;

import io.github.mcpauth.agent.cli.terminal.Plain;
import io.github.mcpauth.agent.console.FindingBlock;
import io.github.mcpauth.agent.recording.LoggedFinding;
import io.github.mcpauth.agent.recording.ServerVerdict;
import io.github.mcpauth.agent.recording.ServerVerdict.Standing;
import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes a judgement as JUnit's XML, as CI servers read it: a suite for each server, in which one
 * case is that it is connected, and each finding is a case of its own.
 */
public final class JudgementXml {

  private final Judgement judgement;
  private final XMLStreamWriter xml;

  private JudgementXml(Judgement judgement, XMLStreamWriter xml) {
    this.judgement = judgement;
    this.xml = xml;
  }

  /** One document. */
  public static String of(Judgement judgement) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      new JudgementXml(judgement, xml).write();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("XML cannot be written to memory", e);
    }
    return text.append('\n').toString();
  }

  private void write() throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeCharacters("\n");
    xml.writeStartElement("testsuites");
    attribute("name", "mcp-auth-agent check");
    for (ServerVerdict verdict : judgement.verdicts()) {
      suite(verdict.server().url(), verdict.findings(), verdict);
    }
    if (!judgement.others().isEmpty()) {
      suite("no server", judgement.others(), null);
    }
    xml.writeCharacters("\n");
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  private void suite(String name, List<LoggedFinding> findings, @Nullable ServerVerdict verdict)
      throws XMLStreamException {
    boolean lost = verdict != null && verdict.standing() == Standing.NOT_CONNECTED;
    long failures = findings.stream().filter(judgement::isFailure).count() + (lost ? 1 : 0);
    xml.writeCharacters("\n  ");
    xml.writeStartElement("testsuite");
    attribute("name", name);
    attribute("tests", String.valueOf(findings.size() + (verdict == null ? 0 : 1)));
    attribute("failures", String.valueOf(failures));
    attribute("errors", "0");
    attribute("skipped", "0");
    if (verdict != null) {
      connected(verdict, lost);
    }
    for (LoggedFinding finding : findings) {
      finding(name, finding);
    }
    xml.writeCharacters("\n  ");
    xml.writeEndElement();
  }

  private void connected(ServerVerdict verdict, boolean lost) throws XMLStreamException {
    startCase(verdict.server().url(), "connected");
    if (lost) {
      xml.writeStartElement("failure");
      attribute("message", verdict.server().state() + ": " + verdict.why());
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private void finding(String server, LoggedFinding finding) throws XMLStreamException {
    startCase(server, finding.rule() + ": " + finding.title());
    FindingBlock block = FindingBlock.of(finding.line().fields(), finding.count());
    String element = judgement.isFailure(finding) ? "failure" : "system-out";
    xml.writeStartElement(element);
    if (judgement.isFailure(finding)) {
      attribute("type", finding.severity());
      attribute("message", block.text(FindingBlock.Kind.SEEN));
    }
    StringBuilder text = new StringBuilder();
    for (FindingBlock.Entry entry : block.entries()) {
      for (String each : entry.texts()) {
        text.append('\n').append(entry.kind().label()).append(": ").append(Plain.text(each));
      }
    }
    xml.writeCharacters(text.append('\n').toString());
    xml.writeEndElement();
    xml.writeEndElement();
  }

  private void startCase(String server, String name) throws XMLStreamException {
    xml.writeCharacters("\n    ");
    xml.writeStartElement("testcase");
    attribute("classname", server);
    attribute("name", name);
    attribute("time", "0");
  }

  // XML has no way to write most control characters.
  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, Plain.text(value));
  }
}
