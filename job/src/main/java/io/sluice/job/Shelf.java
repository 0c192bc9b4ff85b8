package io.sluice.job;

import io.sluice.forecast.ForecastPlan;
import io.sluice.forecast.Model;
import io.sluice.weights.Release;
import io.sluice.weights.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Releases in use, and the one that answers a reading: the newest promoted version whose {@code activeFrom} is not after
 * the reading's time.
 *
 * <p>What lies on it depends on which releases came, not on their order or number. Of each model it holds the newest few
 * that are promoted, and the newest few that were rolled back so that they stay so. Candidates answer nobody and are not
 * kept. Networks are put together once for a release, and only for one that answers.
 */
final class Shelf {
  /** Of each model and state. */
  static final int KEPT = 8;

  private final ForecastPlan plan;
  private final Map<String, List<Volume>> volumes = new HashMap<>();

  Shelf(ForecastPlan plan) {
    this.plan = plan;
  }

  /** Whether the release changed anything; it may have pushed older ones off. */
  boolean put(Release release) {
    if (release.edition().state() == State.CANDIDATE) {
      return false;
    }
    List<Volume> versions = volumes.computeIfAbsent(release.model(), id -> new ArrayList<>());
    Volume same = find(versions, release.version());
    if (same != null && !release.supersedes(same.release)) {
      return false;
    }
    versions.remove(same);
    versions.add(new Volume(release));
    versions.sort(Comparator.comparingLong((Volume volume) -> volume.release.version()).reversed());
    prune(versions, State.PROMOTED);
    prune(versions, State.ROLLED_BACK);
    return true;
  }

  private static Volume find(List<Volume> versions, long version) {
    for (Volume volume : versions) {
      if (volume.release.version() == version) {
        return volume;
      }
    }
    return null;
  }

  private static void prune(List<Volume> versions, State state) {
    int[] seen = {0};
    versions.removeIf(volume -> volume.release.edition().state() == state && ++seen[0] > KEPT);
  }

  List<Release> releases() {
    return volumes.values().stream().flatMap(List::stream).map(volume -> volume.release).toList();
  }

  /** Who answers a reading of that time. */
  Model model(String id, long time) {
    Volume volume = answering(id, time);
    return volume == null ? Model.none() : volume.model(plan);
  }

  /** Milliseconds since the release that answers became active; 0 while there is none. */
  long age(String id, long time) {
    Volume volume = answering(id, time);
    return volume == null ? 0 : time - volume.release.edition().activeFrom();
  }

  private Volume answering(String id, long time) {
    for (Volume volume : volumes.getOrDefault(id, List.of())) {
      if (volume.answers(time)) {
        return volume;
      }
    }
    return null;
  }

  /** A release and, once asked for, its network. */
  private static final class Volume {
    private final Release release;
    private Model model = Model.none();

    Volume(Release release) {
      this.release = release;
    }

    boolean answers(long time) {
      return release.edition().state() == State.PROMOTED && release.edition().activeFrom() <= time;
    }

    Model model(ForecastPlan plan) {
      if (!model.answers()) {
        model = Model.of(release, plan);
      }
      return model;
    }
  }
}
