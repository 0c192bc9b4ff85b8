package io.sluice.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;

/** An operator's metrics as a dashboard would read them, summed over its subtasks. */
final class Metrics {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI job;
  private final String operator;

  Metrics(URI address, JobID job, String operator) {
    this.operator = operator;
    this.job = address.resolve("/jobs/" + job + "/");
  }

  /** By name, once Flink has fetched them. */
  Map<String, Double> sums() throws Exception {
    String metrics = "vertices/" + vertex() + "/subtasks/metrics";
    String prefix = operator + "." + ForecastMetrics.GROUP + ".";
    Map<String, Double> sums = new TreeMap<>();
    while (sums.isEmpty()) {
      StringBuilder names = new StringBuilder();
      for (JsonNode metric : get(metrics)) {
        if (metric.path("id").asText().startsWith(prefix)) {
          names.append(names.isEmpty() ? "" : ",").append(metric.path("id").asText());
        }
      }
      for (JsonNode metric : get(metrics + "?agg=sum&get=" + names)) {
        sums.put(
            metric.path("id").asText().substring(prefix.length()), metric.path("sum").asDouble());
      }
    }
    return sums;
  }

  /** Of one that is in no group of ours, once Flink has fetched it. */
  double sum(String name) throws Exception {
    String metric =
        "vertices/" + vertex() + "/subtasks/metrics?agg=sum&get=" + operator + "." + name;
    JsonNode sums = get(metric);
    while (sums.isEmpty()) {
      sums = get(metric);
    }
    return sums.path(0).path("sum").asDouble();
  }

  /** Records that its task has been sent by others, once Flink has fetched it, as of then. */
  long received() throws Exception {
    long received = 0;
    while (received == 0) {
      received = vertexItself().path("metrics").path("read-records").asLong();
    }
    return received;
  }

  private String vertex() throws Exception {
    return vertexItself().path("id").asText();
  }

  private JsonNode vertexItself() throws Exception {
    JsonNode vertices = get("").path("vertices");
    while (vertices.isEmpty()) {
      // the job is being made
      vertices = get("").path("vertices");
    }
    for (JsonNode vertex : vertices) {
      if (vertex.path("name").asText().contains(operator)) {
        return vertex;
      }
    }
    throw new IllegalStateException("the job has no operator " + operator);
  }

  private JsonNode get(String path) throws Exception {
    URI uri = path.isEmpty() ? URI.create(job.toString().replaceAll("/$", "")) : job.resolve(path);
    HttpResponse<String> response =
        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    return JSON.readTree(response.body());
  }
}
