package io.sluice.connectors.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A real registry, Apicurio, as a process of its own on loopback. */
final class Registry implements AutoCloseable {
  private static final Path UNPACKED = Path.of("target", "registry");

  private final Process process;
  private final String url;

  private Registry(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  static Registry start() throws IOException {
    int port = freePort();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-jar",
                runner().toAbsolutePath().toString())
            .directory(UNPACKED.toFile())
            .redirectErrorStream(true)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    awaitListening(process.inputReader());
    return new Registry(process, "http://127.0.0.1:" + port + "/apis/ccompat/v7");
  }

  private static Path runner() throws IOException {
    try (Stream<Path> files = Files.list(UNPACKED)) {
      return files.filter(f -> f.toString().endsWith("-runner.jar")).findFirst().orElseThrow();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The registry says when it listens; what it says later is thrown away, so that its pipe never fills. */
  private static void awaitListening(BufferedReader output) throws IOException {
    StringBuilder said = new StringBuilder();
    String line;
    while ((line = output.readLine()) != null) {
      said.append(line).append('\n');
      if (line.contains("Listening on")) {
        Thread drain = new Thread(() -> drain(output));
        drain.setDaemon(true);
        drain.start();
        return;
      }
    }
    throw new IllegalStateException("the registry did not start:\n" + said);
  }

  private static void drain(BufferedReader output) {
    try (output) {
      List<String> rest = output.lines().filter(line -> false).toList();
      assert rest.isEmpty();
    } catch (IOException | UncheckedIOException closed) {
      // the process has ended
    }
  }

  String url() {
    return url;
  }

  /** Sets which changes of a schema the registry lets through. */
  void demand(String compatibility) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/config"))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("{\"compatibility\": \"" + compatibility + "\"}"))
            .build();
    try {
      assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
