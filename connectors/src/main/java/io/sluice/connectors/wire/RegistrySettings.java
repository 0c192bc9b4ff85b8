package io.sluice.connectors.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.connectors.Secrets;
import java.io.Serializable;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

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
    if (url.contains("@")) {
      throw new IllegalArgumentException(
          "registry.url is printed and holds no password: name registry.user and registry.password");
    }
  }

  public static RegistrySettings at(String url) {
    return new RegistrySettings(url, "", "", NONE.timeout);
  }

  /** The header that tells who asks, secrets filled in. */
  Optional<String> authorization() {
    if (user.isEmpty()) {
      return Optional.empty();
    }
    String credentials = Secrets.resolve(user + ":" + password, System.getenv());
    return Optional.of("Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)));
  }

  /** Safe to print. */
  @Override
  public String toString() {
    return "RegistrySettings[url=%s, user=%s, password=******, timeout=%s]"
        .formatted(url, user, timeout);
  }
}
