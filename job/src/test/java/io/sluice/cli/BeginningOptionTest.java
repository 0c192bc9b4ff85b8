package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.connectors.kafka.Start;
import io.sluice.settings.JobSettings;
import io.sluice.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BeginningOptionTest {
  @TempDir private Path directory;

  @Test
  void goesOnFromTheNewestOfAnyRunOfThatJobThatIsWhole() throws IOException {
    left("mill/a1/chk-7/_metadata", 300);
    Path newest = left("mill/savepoint-b2/_metadata", 100);
    left("mill/a1/chk-9/state", 50);
    left("mill-retrain/c3/chk-4/_metadata", 20);
    Files.createFile(
        Files.createDirectories(directory.resolve("mill/a1/chk-8")).resolve("_metadata"));

    var begins = new BeginningOption().of(job(directory.toString()), Start.EARLIEST, true);

    assertThat(begins.from()).isEqualTo("file:" + newest.getParent());
    assertThat(begins.said())
        .startsWith("going on from file:")
        .containsPattern(", 10\\ds old; --anew");
    assertThat(new BeginningOption().of(job(directory.toString()), Start.LATEST, false).from())
        .isEqualTo(begins.from());
  }

  @Test
  void saysWhyItBeginsAnew() {
    assertThat(said(directory + "/none/", true))
        .isEqualTo(
            "beginning anew at readings.start, latest; there is no checkpoint yet in file:%s/none/mill"
                .formatted(directory));
    assertThat(said("s3://bucket/sluice", false))
        .endsWith("; no checkpoint is seen from here in s3://bucket/sluice/mill");
    assertThat(said("", true)).contains("checkpoints end with this process unless job.checkpoints");
    assertThat(said("", false)).contains("--from goes on from one");
    assertThatThrownBy(() -> said("s3://bucket/sluice", true))
        .hasMessageStartingWith("job.checkpoints, s3://bucket/sluice/mill, cannot be read: ");
  }

  private static String said(String checkpoints, boolean here) {
    return new BeginningOption().of(job(checkpoints), Start.LATEST, here).said();
  }

  private static JobSettings job(String checkpoints) {
    return Settings.parse(
            """
            kafka: {bootstrap: "localhost:1"}
            readings: {values: {celsius: celsius}}
            job: {name: mill, checkpoints: "%s"}
            """
                .formatted(checkpoints))
        .job();
  }

  /** That file, so many seconds old. */
  private Path left(String name, int seconds) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x");
    return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(seconds)));
  }
}
