package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.Broker;
import io.sluice.Child;
import io.sluice.cli.Main;
import io.sluice.connectors.broker.EmbeddedBroker;
import io.sluice.connectors.kafka.TopicReader;
import io.sluice.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The command line in a process of its own, killed as power cuts kill and started again with the same words. */
@ExtendWith(Broker.class)
class KilledAndStartedAgainTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static EmbeddedBroker broker;

  @TempDir private Path directory;

  @Test
  void forecastGoesOnLosesNothingAndDoublesNothing() throws Exception {
    Settings settings = Settings.parse(yaml("again", 128));
    Story story = Story.on(broker, "again", settings).write(20_000);
    Map<String, List<String>> expected = story.expected();
    long all = expected.values().stream().mapToLong(List::size).sum();

    List<TopicReader> readers = new ArrayList<>();
    for (String topic : List.of("forecasts", "verdicts", "late", "dead-letters")) {
      readers.add(TopicReader.open(settings.kafka(), "again-" + topic));
    }
    long seen;
    try (Child first = command("first", "forecast", yaml("again", 128))) {
      seen = await(readers, first, 0, all / 4);
      assertThat(first.output()).contains("beginning anew", "there is no checkpoint yet in file:");
    }
    assertThat(seen).isLessThan(all);
    spoil(Retained.newest(settings.job()).orElseThrow());
    story.write(4_000);
    expected = story.expected();
    all = expected.values().stream().mapToLong(List::size).sum();

    try (Child second = command("second", "forecast", yaml("again", 128))) {
      await(readers, second, seen, all);
      assertThat(second.output()).contains("going on from file:", "s old; --anew begins anew");
    }
    readers.forEach(TopicReader::close);
    story.assertTold(expected);

    try (Child third = command("third", "forecast", yaml("again", 64))) {
      assertThat(third.exitCode()).isOne();
      assertThat(third.output())
          .contains(
              "sluice: the checkpoint was written under other settings (job.maxParallelism was another): give them back, or begin without it with --anew");
    }
  }

  @Test
  void whatEarlierRunsHaveLeftGoesAndWhoeverIsAskedToEndLeavesASavepoint() throws Exception {
    String yaml = yaml("often", 128) + "  backend: rocksdb\n";
    Settings settings = Settings.parse(yaml);
    Story story = Story.on(broker, "often", settings);
    List<TopicReader> forecasts =
        List.of(TopicReader.open(settings.kafka(), settings.rows().topics().forecasts()));
    String present = "";
    long seen = 0;
    for (String name : List.of("one", "two", "three")) {
      long all = forecasts(story.write(2_000).expected());
      try (Child run = command(name, "forecast", yaml)) {
        seen = await(forecasts, run, seen, all);
        present = awaitNewRunAlone(settings, present, run);
        if (name.equals("three")) {
          run.end();
          assertThat(run.exitCode()).as(run.output()).isZero();
          assertThat(run.output())
              .contains("stopping with a savepoint, for 30 s at most; Ctrl-C again ends at once")
              .contains("stopped, all is committed; the next run goes on from file:");
        }
      }
    }
    forecasts.forEach(TopicReader::close);
    story.assertTold(story.expected());
    String savepoint = Retained.newest(settings.job()).orElseThrow().path();
    assertThat(savepoint).contains("/often/" + present + "/savepoint-");

    // of a killed run rows might be missing by now
    try (Child late = command("late", "forecast", yaml + "  transactionTimeout: 1s\n")) {
      awaitNewRunAlone(settings, present, late);
      assertThat(late.output()).contains("going on from " + savepoint);
    }
  }

  private static long forecasts(Map<String, List<String>> rows) {
    return rows.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("forecasts "))
        .mapToLong(entry -> entry.getValue().size())
        .sum();
  }

  /** Waits until the folder of one run is left, not the one before; returns its name. */
  private static String awaitNewRunAlone(Settings settings, String before, Child run)
      throws IOException {
    Path place = Path.of(URI.create(settings.job().folder()));
    for (long end = end(); ; ) {
      assertThat(System.nanoTime()).as(run.output()).isLessThan(end);
      try (Stream<Path> runs = Files.list(place)) {
        List<String> names = runs.map(path -> path.getFileName().toString()).toList();
        if (names.size() == 1 && !names.get(0).equals(before)) {
          return names.get(0);
        }
      }
    }
  }

  /** A newer one that was cut off while it was written, and one of which nothing but a name has come to the disk. */
  private static void spoil(Retained newest) throws IOException {
    Path run = run(newest);
    Files.createFile(Files.createDirectories(run.resolve("chk-1000000")).resolve("a-part"));
    Files.createFile(Files.createDirectories(run.resolve("chk-1000001")).resolve("_metadata"));
  }

  private static Path run(Retained retained) {
    return Path.of(retained.path().replaceFirst("file:", "")).getParent();
  }

  @Test
  void retrainGoesOnToo() throws Exception {
    Settings settings = Settings.parse(yaml("learn", 128));
    Story.on(broker, "learn", settings).write(1_000);
    Path first;
    try (Child run = command("learning", "retrain", yaml("learn", 128))) {
      first = awaitAnother(directory, settings, run);
    }

    try (Child run = command("learning-on", "retrain", yaml("learn", 128))) {
      awaitAnother(first, settings, run);
      run.end();
      assertThat(run.exitCode()).as(run.output()).isZero();
      assertThat(run.output()).contains("going on from file:", "/learn-retrain/", "stopped, ");
    }
  }

  /** Waits for a checkpoint in another folder of a run than that, and returns the folder. */
  private static Path awaitAnother(Path before, Settings settings, Child run) throws IOException {
    Path newest = before;
    for (long end = end(); newest.equals(before); ) {
      assertThat(System.nanoTime()).as(run.output()).isLessThan(end);
      newest =
          Retained.newest(RetrainJob.living(settings))
              .map(KilledAndStartedAgainTest::run)
              .orElse(before);
    }
    return newest;
  }

  private static long await(List<TopicReader> readers, Child child, long before, long enough) {
    long[] seen = {before};
    for (long end = end(); seen[0] < enough; ) {
      assertThat(System.nanoTime()).as(child.output()).isLessThan(end);
      readers.forEach(reader -> reader.poll(row -> seen[0]++));
    }
    return seen[0];
  }

  private static long end() {
    return System.nanoTime() + PATIENCE.toNanos();
  }

  private Child command(String name, String word, String yaml) throws IOException {
    Path folder = Files.createDirectories(directory.resolve(name));
    Path config = Files.writeString(folder.resolve("sluice.yaml"), yaml);
    return Child.start(folder, Main.class, word, "--web", "0", "--config", config.toString());
  }

  private String yaml(String prefix, int maxParallelism) {
    return Story.yaml(broker, prefix)
        + """
        model: {context: 16, warmup: 8}
        job:
          name: %s
          parallelism: 2
          maxParallelism: %d
          checkpointInterval: 300ms
          checkpoints: %s
        """
            .formatted(prefix, maxParallelism, directory.resolve("checkpoints"));
  }
}
