package io.sluice.backtest;

import io.sluice.connectors.kafka.WeightsStore;
import io.sluice.connectors.kafka.WeightsStore.Published;
import io.sluice.forecast.Model;
import io.sluice.forecast.Reading;
import io.sluice.settings.Settings;
import io.sluice.weights.RefusedException;
import io.sluice.weights.Release;
import io.sluice.weights.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who answered the readings of a job's series at the time. Its rows name the version of each that a network had its say in,
 * whatever became of that since. For the others it is the newest version that was active by their time; one that was rolled back
 * counts for readings that came before it was.
 */
final class Answers {
  private final Settings settings;
  private final String series;
  private final JobRows rows;
  private final TreeMap<Long, Volume> volumes = new TreeMap<>(Comparator.reverseOrder());
  private final TreeSet<Long> gone = new TreeSet<>();
  private int rowless;
  private int warming;

  /** A version that fits the plan, and until which reading's arrival it answers. */
  private record Volume(Model model, long from, long until) {}

  private Answers(Settings settings, String series, JobRows rows) {
    this.settings = settings;
    this.series = series;
    this.rows = rows;
  }

  /** @param more a folder of releases beside those of the topic, which may have lost them */
  static Answers of(Settings settings, String series, JobRows rows, Optional<Path> more)
      throws IOException {
    Answers answers = new Answers(settings, series, rows);
    if (more.isPresent()) {
      for (Path file : Succession.files(more.get())) {
        answers.add(new Published(read(file), Long.MIN_VALUE));
      }
    }
    new WeightsStore(settings.kafka(), settings.weights()).published().forEach(answers::add);
    return answers;
  }

  private static Release read(Path file) throws IOException {
    try {
      return Release.read(file.toString(), Files.readAllBytes(file));
    } catch (RefusedException refused) {
      throw new IOException(refused.getMessage(), refused);
    }
  }

  /** One that the job refuses, as made for other settings, answers nobody. */
  private void add(Published published) {
    Release release = published.release();
    if (release.model().equals(settings.groups().model(series))) {
      boolean rolledBack = release.edition().state() == State.ROLLED_BACK;
      boolean candidate = release.edition().state() == State.CANDIDATE;
      model(release)
          .ifPresent(
              model ->
                  volumes.put(
                      release.version(),
                      new Volume(
                          model,
                          candidate ? Long.MAX_VALUE : release.edition().activeFrom(),
                          rolledBack ? published.clock() : Long.MAX_VALUE)));
    }
  }

  private Optional<Model> model(Release release) {
    try {
      return Optional.of(Model.of(release, settings.plan()));
    } catch (IllegalArgumentException misfit) {
      return Optional.empty();
    }
  }

  Model of(Reading reading) {
    Optional<JobRows.Written> row = rows.at(reading.time());
    if (row.isEmpty()) {
      rowless++;
      return byTime(reading);
    }
    return switch (row.get().status()) {
      case BASELINE -> Model.none();
      case LIVE -> live(row.get().version(), reading);
      case WARMING -> {
        warming++;
        yield byTime(reading);
      }
    };
  }

  private Model live(long version, Reading reading) {
    Volume volume = volumes.get(version);
    if (volume != null) {
      return volume.model();
    }
    gone.add(version);
    return byTime(reading);
  }

  private Model byTime(Reading reading) {
    long time = settings.groups().behind(series, reading.time());
    for (Volume volume : volumes.values()) {
      if (volume.from() <= time && reading.arrived() < volume.until()) {
        return volume.model();
      }
    }
    return Model.none();
  }

  /** That version, none if it is not known. */
  Model version(long version) {
    Volume volume = volumes.get(version);
    return volume == null ? Model.none() : volume.model();
  }

  private String named() {
    String topic = settings.rows().topics().forecasts();
    if (rows.none()) {
      return "topic \"%s\" tells no row of it: weights go by when they were active"
          .formatted(topic);
    }
    return rowless + warming == 0
        ? "weights are those that the job's rows name"
        : "weights of %d readings go by when they were active, the others' are those that the job's rows name: of %d topic \"%s\" holds no row, forgotten or never written, and rows of %d, from when the network warmed up, name none"
            .formatted(rowless + warming, rowless, topic, warming);
  }

  /** What people should know of how far they are to be believed. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add(named());
    if (!gone.isEmpty()) {
      notes.add(
          "topic \"%s\" holds no more, in a form that fits the settings, version %s that answered readings before it: others stand in, and the verdict may differ; --weights DIR brings what was exported"
              .formatted(settings.weights().topic(), gone.toString().replaceAll("[\\[\\]]", "")));
    }
    return notes;
  }
}
