package io.sluice.connectors.wire;

import io.sluice.connectors.Secrets;
import java.io.Serializable;
import java.time.Duration;

/**
 * A schema registry that speaks Confluent's REST API.
 *
 * @param url such as http://localhost:8081, or http://localhost:8080/apis/ccompat/v7 for Apicurio; empty for none
 * @param user for basic authentication, empty for none; both may be {@code ${NAME}} of the environment
 * @param timeout of one request
 */
public record RegistrySettings(String url, String user, String password, Duration timeout)
    implements Serializable {
  public static final RegistrySettings NONE =
      new RegistrySettings("", "", "", Duration.ofSeconds(5));

  public RegistrySettings {
    if (!url.isEmpty() && !url.startsWith("http://") && !url.startsWith("https://")) {
      throw new IllegalArgumentException(
          "registry.url begins with http:// or https://, not \"" + url + "\"");
    }
  }

  public static RegistrySettings at(String url) {
    return new RegistrySettings(url, "", "", NONE.timeout);
  }

  String resolvedUser() {
    return Secrets.resolve(user, System.getenv());
  }

  String resolvedPassword() {
    return Secrets.resolve(password, System.getenv());
  }

  /** Safe to print. */
  @Override
  public String toString() {
    return "RegistrySettings[url=%s, user=%s, password=******, timeout=%s]"
        .formatted(url, user, timeout);
  }
}
