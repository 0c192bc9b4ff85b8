package io.sluice.backtest;

import io.sluice.forecast.ForecastPlan;
import io.sluice.forecast.Model;
import io.sluice.weights.RefusedException;
import io.sluice.weights.Release;
import io.sluice.weights.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Who answers a reading: the newest release that was active by its time. */
final class Succession {
  private final ForecastPlan plan;
  private final TreeMap<Long, Volume> models = new TreeMap<>(Comparator.reverseOrder());

  /** Who answers from a time on. */
  private record Volume(long from, Model model) {}

  Succession(ForecastPlan plan) {
    this.plan = plan;
  }

  /** What a backtest kept. */
  static Succession of(Path folder, ForecastPlan plan) throws IOException {
    Succession succession = new Succession(plan);
    for (Path file : files(folder)) {
      try {
        succession.add(Release.read(file.toString(), Files.readAllBytes(file)));
      } catch (RefusedException refused) {
        throw new IOException(refused.getMessage(), refused);
      }
    }
    return succession;
  }

  /** Each release in a file of its own, in place of what lay there. */
  static void keep(Path folder, List<Release> releases) throws IOException {
    if (Files.isDirectory(folder)) {
      for (Path old : files(folder)) {
        Files.delete(old);
      }
    }
    for (Release release : releases) {
      Files.createDirectories(folder);
      String name = "%03d.safetensors".formatted(release.version());
      Files.write(folder.resolve(name), release.bytes());
    }
  }

  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".safetensors")).sorted().toList();
    }
  }

  /** One that was not promoted answers nobody. */
  void add(Release release) {
    if (release.edition().state() == State.PROMOTED) {
      Volume volume = new Volume(release.edition().activeFrom(), Model.of(release, plan));
      models.put(release.version(), volume);
    }
  }

  Model at(long time) {
    for (Volume volume : models.values()) {
      if (volume.from() <= time) {
        return volume.model();
      }
    }
    return Model.none();
  }
}
