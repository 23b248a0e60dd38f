package io.github.mcpauth.agent.check.target;

import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.Urls;
import java.net.URI;

/** URLs of servers as users give them. */
public final class TargetUrl {

  /**
   * Whether a word means a server, and not a file: any URL, also where its scheme is misspelt, so
   * that what may stand in it is not shown as the name of a file that is not there.
   */
  public static boolean isOne(String word) {
    return word.contains("://");
  }

  /**
   * The URL.
   *
   * @throws TargetException where it is none of a server
   */
  public static URI parse(String text) throws TargetException {
    URI url = Urls.parse(text.strip());
    if (url == null || Origin.of(url) == null) {
      throw new TargetException("not an http or https URL");
    }
    if (url.getRawUserInfo() != null) {
      throw new TargetException("a URL with a user name or password in it; give it as a header");
    }
    return url;
  }

  private TargetUrl() {}
}
