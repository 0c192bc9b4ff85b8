package io.sluice.connectors.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.connectors.Unreadable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.Schema;

/**
 * A client of Confluent's REST API. Schemas are fetched once; ids are for ever.
 *
 * <p>A registry that is away is an {@code IOException}: the job fails, says so and reads the same records again, for they
 * may be good. An id that the registry does not know is the message's own fault and is remembered for a while, so that
 * rubbish does not become a flood of requests. Not for use by several threads.
 */
public final class SchemaRegistry {
  private static final int MAX_ANSWER = 4 << 20;
  private static final int MAX_CACHED = 1_000;
  private static final long UNKNOWN_FOR_NANOS = 60_000_000_000L;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private final ObjectMapper json = new ObjectMapper();
  private final RegistrySettings settings;
  private final HttpClient http;
  private final Optional<String> authorization;
  private final Map<Integer, Schema> schemas = lru();
  private final Map<Integer, Long> unknownSince = lru();

  public SchemaRegistry(RegistrySettings settings) {
    this.settings = settings;
    this.authorization = settings.authorization();
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.timeout())
            .build();
  }

  private static <V> Map<Integer, V> lru() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<Integer, V> eldest) {
        return size() > MAX_CACHED;
      }
    };
  }

  /** The subject under which a topic's values are registered. */
  public static String subject(String topic) {
    return topic + "-value";
  }

  /** The id of that schema under that subject, registered if it is new. */
  public int register(String subject, Schema schema) throws IOException {
    Answer answer = send(post("/subjects/%s/versions".formatted(encoded(subject)), schema));
    if (answer.status == CONFLICT) {
      throw new IOException(
          "the registry %s refuses the schema of \"%s\" as incompatible: %s"
              .formatted(settings.url(), subject, answer.message()));
    }
    return answer.expectOk().body.path("id").asInt();
  }

  /** Whether anything stands under that subject. */
  public boolean knows(String subject) throws IOException {
    Answer answer = send(request("/subjects/%s/versions/latest".formatted(encoded(subject))).GET());
    return !answer.isUnknown() && answer.expectOk().body.has("id");
  }

  /** Why that schema may not follow those of the subject; empty when it may. */
  public Optional<String> incompatibility(String subject, Schema schema) throws IOException {
    String path = "/compatibility/subjects/%s/versions/latest?verbose=true";
    Answer answer = send(post(path.formatted(encoded(subject)), schema));
    if (answer.isUnknown() || answer.expectOk().body.path("is_compatible").asBoolean()) {
      return Optional.empty();
    }
    return Optional.of("subject \"%s\": %s".formatted(subject, answer.body.path("messages")));
  }

  /**
   * The schema of an id that a message names.
   *
   * @throws Unreadable when the registry knows no such id
   * @throws IOException when the registry is away
   */
  Schema schema(int id) throws Unreadable, IOException {
    Schema known = schemas.get(id);
    if (known != null) {
      return known;
    }
    Long since = unknownSince.get(id);
    if (since != null && System.nanoTime() - since < UNKNOWN_FOR_NANOS) {
      throw unknown(id);
    }
    Answer answer = send(request("/schemas/ids/" + id).GET());
    if (answer.isUnknown()) {
      unknownSince.put(id, System.nanoTime());
      throw unknown(id);
    }
    Schema schema = parse(id, answer.expectOk().body.path("schema").asText());
    schemas.put(id, schema);
    return schema;
  }

  private static Unreadable unknown(int id) {
    return new Unreadable("the registry knows no schema with the id " + id);
  }

  private static Schema parse(int id, String text) throws Unreadable {
    try {
      return new Schema.Parser().parse(text);
    } catch (RuntimeException | StackOverflowError broken) {
      throw new Unreadable("the schema with the id %d is not Avro: %s".formatted(id, broken));
    }
  }

  private HttpRequest.Builder post(String path, Schema schema) {
    String body = json.createObjectNode().put("schema", schema.toString()).toString();
    return request(path)
        .header("Content-Type", "application/vnd.schemaregistry.v1+json")
        .POST(BodyPublishers.ofString(body));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(settings.url() + path)).timeout(settings.timeout());
    authorization.ifPresent(basic -> request.header("Authorization", basic));
    return request;
  }

  private Answer send(HttpRequest.Builder request) throws IOException {
    CompletableFuture<HttpResponse<InputStream>> begun =
        http.sendAsync(request.build(), BodyHandlers.ofInputStream());
    try {
      // the client's own time-out ends with the headers: a body that never comes would hold the job
      // for ever
      return begun
          .thenApplyAsync(this::answer)
          .get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while asking the registry " + settings.url(), interrupted);
    } catch (ExecutionException away) {
      throw new IOException(
          "the registry %s does not answer: %s".formatted(settings.url(), words(away.getCause())),
          away);
    } catch (TimeoutException silent) {
      begun.thenAccept(SchemaRegistry::hangUp);
      throw new IOException(
          "the registry %s did not answer within %s".formatted(settings.url(), settings.timeout()),
          silent);
    }
  }

  /** A refused connection has no words of its own. */
  private static String words(Throwable failure) {
    return failure instanceof ConnectException && failure.getMessage() == null
        ? "connection refused"
        : failure.toString();
  }

  private Answer answer(HttpResponse<InputStream> response) {
    try (InputStream body = response.body()) {
      return new Answer(response.statusCode(), tree(body.readNBytes(MAX_ANSWER)));
    } catch (IOException broken) {
      throw new UncheckedIOException(
          "HTTP %d, %s".formatted(response.statusCode(), broken.getMessage()), broken);
    }
  }

  private static void hangUp(HttpResponse<InputStream> response) {
    try {
      response.body().close();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private JsonNode tree(byte[] body) throws IOException {
    return body.length == 0 ? json.createObjectNode() : json.readTree(body);
  }

  private static String encoded(String subject) {
    return URLEncoder.encode(subject, UTF_8).replace("+", "%20");
  }

  /** What the registry said. */
  private final class Answer {
    private final int status;
    private final JsonNode body;

    Answer(int status, JsonNode body) {
      this.status = status;
      this.body = body;
    }

    /** A registry that does not know says so in its own words; any other web page that is missing is a wrong address. */
    boolean isUnknown() {
      return status == NOT_FOUND && body.has("error_code");
    }

    String message() {
      return body.path("message").asText();
    }

    Answer expectOk() throws IOException {
      if (status / 100 != 2) {
        throw new IOException(
            "the registry %s answered %d: %s".formatted(settings.url(), status, message()));
      }
      return this;
    }
  }
}
