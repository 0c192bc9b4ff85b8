package io.sluice.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The cluster of {@code deploy/standalone/cluster}, in a directory and on ports of its own. */
final class StandaloneCluster implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_SECONDS = 240;

  private final Path directory;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();

  private StandaloneCluster(Path directory, int port) {
    this.directory = directory;
    this.port = port;
  }

  static StandaloneCluster start(Path directory) throws IOException {
    StandaloneCluster cluster = new StandaloneCluster(directory, Checkout.freePort());
    String rpcPort = Integer.toString(Checkout.freePort());
    cluster.script(
        "start", "--port", Integer.toString(cluster.port), "--rpc-port", rpcPort, "--slots", "2");
    return cluster;
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /** The TaskManagers that run at least one task of the job, by the names the script gave them. */
  List<String> busyTaskManagers() {
    List<String> busy = new ArrayList<>();
    for (JsonNode manager : get("/taskmanagers").path("taskmanagers")) {
      if (manager.path("freeSlots").asInt() < manager.path("slotsNumber").asInt()) {
        busy.add(manager.path("id").asText());
      }
    }
    return busy;
  }

  /** How often a running job has been restored from a checkpoint. */
  long restores(String job) {
    return get("/jobs/" + job + "/checkpoints").path("counts").path("restored").asLong();
  }

  List<String> runningJobs() {
    List<String> running = new ArrayList<>();
    for (JsonNode job : get("/jobs/overview").path("jobs")) {
      if (job.path("state").asText().equals("RUNNING")) {
        running.add(job.path("jid").asText());
      }
    }
    return running;
  }

  void cancel(String job) {
    send(
        request("/jobs/" + job + "?mode=cancel")
            .method("PATCH", HttpRequest.BodyPublishers.noBody()));
  }

  /** kill -9, as the kernel does it when memory is short. */
  void kill(String name) throws IOException {
    long pid = Long.parseLong(Files.readString(directory.resolve(name + ".pid")).strip());
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  String script(String command, String... options) {
    List<String> call = new ArrayList<>();
    call.add(Checkout.deploy("standalone/cluster").toString());
    call.add(command);
    call.addAll(List.of("--dir", directory.toString()));
    call.addAll(List.of(options));
    return Child.run(
        directory.resolveSibling("cluster-" + command + ".out"), PATIENCE_SECONDS, call);
  }

  private JsonNode get(String path) {
    return send(request(path).GET());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + address() + path));
  }

  private JsonNode send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new IllegalStateException(answer.uri() + " answered " + answer.body());
      }
      return JSON.readTree(answer.body().isEmpty() ? "{}" : answer.body());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("no answer from " + address(), e);
    }
  }

  @Override
  public void close() {
    script("stop");
    List<ProcessHandle> left = ProcessHandle.allProcesses().filter(this::isOurs).toList();
    if (!left.isEmpty()) {
      throw new IllegalStateException("stopped, and yet there run " + left);
    }
  }

  private boolean isOurs(ProcessHandle process) {
    String mark = "-Dsluice.cluster=" + directory;
    return process.info().arguments().stream().flatMap(Arrays::stream).anyMatch(mark::equals);
  }
}
