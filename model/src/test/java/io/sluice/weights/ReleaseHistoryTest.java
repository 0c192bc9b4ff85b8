package io.sluice.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every release ever written stays readable. A file is named layout, model, version and digest; none is ever changed. */
class ReleaseHistoryTest {
  private static final Path FOLDER = Path.of("src/test/resources/weights/releases");

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void anOldReleaseIsReadAsItWasWritten(Path file) throws Exception {
    Release release = Release.read(file.toString(), Files.readAllBytes(file));
    assertThat(file.getFileName().toString()).endsWith(release.digest() + ".safetensors");
    Release then = Examples.release(release.version());
    assertThat(release.weights()).isEqualTo(then.weights());
    assertThat(release.signature()).isEqualTo(then.signature());
    assertThat(release.provenance()).isEqualTo(then.provenance());
    assertThat(release.edition())
        .isEqualTo(then.edition().promoted(1_700_090_000_000L, "0.125 beats 0.25"));
  }

  @Test
  void thisVersionWritesTheSameBytesAsItsOwnGoldenFile() throws Exception {
    Path newest = files().get(files().size() - 1);
    assertThat(golden().bytes()).isEqualTo(Files.readAllBytes(newest));
  }

  private static Release golden() {
    return Examples.release(3).promoted(1_700_090_000_000L, "0.125 beats 0.25");
  }

  /** Writes the golden file of a new layout. */
  public static void main(String[] layout) throws IOException {
    Release release = golden();
    String name = "layout-%s-%s-%d-%s.safetensors";
    Files.write(
        FOLDER.resolve(
            name.formatted(layout[0], release.model(), release.version(), release.digest())),
        release.bytes());
  }
}
