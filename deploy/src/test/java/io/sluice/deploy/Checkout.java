package io.sluice.deploy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where things are on this machine while the tests of this module run. */
final class Checkout {
  private Checkout() {}

  static Path root() {
    return Path.of("").toAbsolutePath().getParent();
  }

  static Path deploy(String path) {
    return root().resolve("deploy").resolve(path);
  }

  /** Maven has packaged what the launcher runs, so it need not start a build inside this one. */
  static void isBuilt() throws IOException {
    Path marker = root().resolve("job/target/sluice.built");
    Files.deleteIfExists(marker);
    Files.createFile(marker);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  static void delete(Path directory) throws IOException {
    if (Files.notExists(directory)) {
      return;
    }
    try (Stream<Path> inside = Files.walk(directory)) {
      for (Path each : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
