package io.sluice.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/** What a figure was taken on. */
final class Machine {
  private Machine() {}

  /** The day, the processor and the Java, and the peers' versions as their archives name them. */
  static String words() {
    return "%s, %s, Java %s%s"
        .formatted(LocalDate.now(), processor(), System.getProperty("java.vm.version"), peers());
  }

  private static String processor() {
    Path info = Path.of("/proc/cpuinfo");
    try {
      return Files.exists(info)
          ? Files.readAllLines(info).stream()
              .filter(line -> line.startsWith("model name"))
              .map(line -> line.split(": ", 2)[1])
              .findFirst()
              .orElse(System.getProperty("os.arch"))
          : System.getProperty("os.arch");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String peers() {
    StringBuilder peers = new StringBuilder();
    for (String entry : System.getProperty("java.class.path").split(":")) {
      String archive = Path.of(entry).getFileName().toString();
      if (archive.matches("(onnxruntime|deeplearning4j-nn|pytorch-engine|pytorch-jni)-[0-9].*")) {
        peers.append(", ").append(archive.replaceFirst("\\.jar$", ""));
      }
    }
    return peers.toString();
  }
}
