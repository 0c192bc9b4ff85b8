package io.sluice.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file of bounded size whole. */
final class Bytes {
  private static final int MOST = 1 << 30;

  private Bytes() {}

  static byte[] read(Path file) throws IOException {
    if (Files.notExists(file)) {
      throw new RefusedException(file.toString(), "there is no such file");
    }
    if (Files.isDirectory(file)) {
      throw new RefusedException(file.toString(), "is a directory, expected a file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST);
      if (in.read() >= 0) {
        throw new RefusedException(file.toString(), "more than %d bytes".formatted(MOST));
      }
      return bytes;
    }
  }
}
