package io.sluice.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** A Flink cluster's REST interface: uploads a jar and runs it. */
final class Cluster {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> OVER = Set.of("FINISHED", "CANCELED", "FAILED", "SUSPENDED");

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final URI address;

  private Cluster(URI address) {
    this.address = address;
  }

  /** @param address host:port, or a whole URL */
  static Cluster at(String address) {
    return new Cluster(URI.create(address.contains("://") ? address : "http://" + address));
  }

  /** Uploads the jar, runs its entry class with these arguments and returns the job's id. */
  String run(Path jar, String entry, List<String> arguments, String from) throws Exception {
    String uploaded = upload(jar);
    try {
      ObjectNode order = JSON.createObjectNode().put("entryClass", entry);
      arguments.forEach(order.putArray("programArgsList")::add);
      if (!from.isEmpty()) {
        order.put("savepointPath", from);
      }
      return send(request("/jars/" + uploaded + "/run")
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(order.toString())))
          .path("jobid")
          .asText();
    } finally {
      send(request("/jars/" + uploaded).DELETE());
    }
  }

  /** Refuses where a job of that name is there: two would end each other's transactions and write rows twice. */
  Cluster without(String name) throws Exception {
    for (JsonNode job : send(request("/jobs/overview").GET()).path("jobs")) {
      boolean over = OVER.contains(job.path("state").asText());
      if (job.path("name").asText().equals(name) && !over) {
        throw new IllegalStateException(
            "job %s (%s) is %s on %s already: stop it first"
                .formatted(
                    name,
                    job.path("jid").asText(),
                    job.path("state").asText().toLowerCase(Locale.ROOT),
                    address));
      }
    }
    return this;
  }

  private String upload(Path jar) throws Exception {
    String boundary = "sluice-" + UUID.randomUUID();
    String head =
        """
        --%s\r
        Content-Disposition: form-data; name="jarfile"; filename="%s"\r
        Content-Type: application/x-java-archive\r
        \r
        """
            .formatted(boundary, jar.getFileName());
    JsonNode answer =
        send(
            request("/jars/upload")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(
                    HttpRequest.BodyPublishers.concat(
                        HttpRequest.BodyPublishers.ofString(head),
                        HttpRequest.BodyPublishers.ofFile(jar),
                        HttpRequest.BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"))));
    return Path.of(answer.path("filename").asText()).getFileName().toString();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE);
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response;
    try {
      response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException("no Flink cluster answers at " + address, e);
    }
    JsonNode answer = JSON.readTree(response.body());
    if (response.statusCode() / 100 != 2) {
      throw new IllegalStateException(
          "the cluster at %s answered %d: %s"
              .formatted(address, response.statusCode(), reason(answer)));
    }
    return answer;
  }

  /** Flink answers with whole stack traces; the last cause is the one that tells. */
  private static String reason(JsonNode answer) {
    String reason = answer.toString();
    for (JsonNode error : answer.path("errors")) {
      for (String line : error.asText().split("\n")) {
        if (line.startsWith("Caused by: ") || reason.equals(answer.toString())) {
          reason = line;
        }
      }
    }
    return reason.replace("Caused by: ", "");
  }
}
