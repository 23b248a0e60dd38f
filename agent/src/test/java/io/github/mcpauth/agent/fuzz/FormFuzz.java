package io.github.mcpauth.agent.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.FormParameters;
import java.util.StringJoiner;

/** A form taken apart is the form; what is added is there, what is taken out is not. */
class FormFuzz {

  @FuzzTest(maxDuration = "3s")
  void form(byte[] data) {
    String text = new String(data, UTF_8);
    FormParameters form = FormParameters.of(Body.of(text));
    StringJoiner written = new StringJoiner("&");
    for (FormParameters.Parameter parameter : form) {
      String value = parameter.rawValue();
      written.add(value == null ? parameter.rawName() : parameter.rawName() + '=' + value);
      parameter.value();
    }
    assertThat(written.toString()).isEqualTo(text);
    FormParameters without = form.without("resource");
    assertThat(without.first("resource")).isNull();
    assertThat(without.plus("resource", text).first("resource")).isEqualTo(text);
  }
}
