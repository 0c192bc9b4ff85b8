package io.sluice.job;

import io.sluice.contest.Rules;
import io.sluice.forecast.ForecastPlan;
import io.sluice.forecast.Model;
import io.sluice.weights.Release;
import io.sluice.weights.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.StringSerializer;

/**
 * Releases in use, and the one that answers a reading: the newest promoted version whose {@code activeFrom} is not after
 * the reading's time.
 *
 * <p>What lies on it depends on which releases came, not on their order or number. Of each model it holds the newest few
 * that are promoted, the newest few that were rolled back so that they stay so, and the newest candidate that nothing speaks
 * against. Networks are put together once for a release, and only for one that forecasts.
 */
final class Shelf {
  static final MapStateDescriptor<String, Release> RELEASES =
      new MapStateDescriptor<>("releases", StringSerializer.INSTANCE, ReleaseSerializer.INSTANCE);

  /** Of each model and state. */
  static final int KEPT = 8;

  private final ForecastPlan plan;
  private final Rules rules;
  private final Map<String, List<Volume>> volumes = new HashMap<>();

  Shelf(ForecastPlan plan, Rules rules) {
    this.plan = plan;
    this.rules = rules;
  }

  /** Whether the release changed anything; it may have pushed older ones off. */
  boolean put(Release release) {
    boolean candidate = release.edition().state() == State.CANDIDATE;
    if (candidate && !release.edition().reason().isEmpty()) {
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
    prune(versions, State.PROMOTED, KEPT);
    prune(versions, State.ROLLED_BACK, KEPT);
    prune(versions, State.CANDIDATE, 1);
    return find(versions, release.version()) != null;
  }

  private static Volume find(List<Volume> versions, long version) {
    for (Volume volume : versions) {
      if (volume.release.version() == version) {
        return volume;
      }
    }
    return null;
  }

  private static void prune(List<Volume> versions, State state, int most) {
    int[] seen = {0};
    versions.removeIf(volume -> volume.release.edition().state() == state && ++seen[0] > most);
  }

  /** Takes up what lay on it before. */
  void restore(OperatorStateStore store) throws Exception {
    for (var release : store.getBroadcastState(RELEASES).immutableEntries()) {
      put(release.getValue());
    }
  }

  /** What lies on it, by model and version. */
  void store(BroadcastState<String, Release> releases) throws Exception {
    releases.clear();
    for (List<Volume> versions : volumes.values()) {
      for (Volume volume : versions) {
        Release release = volume.release;
        releases.put(release.model() + "/" + release.version(), release);
      }
    }
  }

  /** Who answers a reading of that time. */
  Model model(String id, long time) {
    Volume volume = answering(id, time);
    return volume == null ? Model.none() : volume.model(plan);
  }

  /**
   * Who is measured beside the champion, or none: for some time after an automatic promotion the version before, else the
   * newest candidate.
   */
  Model challenger(String id, long time) {
    Volume reigning = answering(id, time);
    Volume volume = reigning == null ? null : challenger(reigning, time);
    return volume == null ? Model.none() : volume.model(plan);
  }

  private Volume challenger(Volume reigning, long time) {
    boolean watched = rules.watches(reigning.release, time);
    if (!watched && !rules.candidates()) {
      return null;
    }
    for (Volume volume : volumes.get(reigning.release.model())) {
      boolean older = volume.release.version() < reigning.release.version();
      if (watched ? older && volume.answers(time) : !older && rules.tries(volume.release, time)) {
        return volume;
      }
    }
    return null;
  }

  /** The newest promoted version, whenever it is active from; 0 for none. */
  long newest(String id) {
    return volumes.getOrDefault(id, List.of()).stream()
        .filter(volume -> volume.release.edition().state() == State.PROMOTED)
        .mapToLong(volume -> volume.release.version())
        .findFirst()
        .orElse(0);
  }

  /** The release of that version, if it lies here. */
  Optional<Release> release(String id, long version) {
    return Optional.ofNullable(find(volumes.getOrDefault(id, List.of()), version))
        .map(volume -> volume.release);
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
