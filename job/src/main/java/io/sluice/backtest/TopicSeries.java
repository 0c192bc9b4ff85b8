package io.sluice.backtest;

import io.sluice.connectors.Arrival;
import io.sluice.connectors.Original;
import io.sluice.connectors.kafka.TopicReader;
import io.sluice.connectors.mapping.ReadingDecoder;
import io.sluice.connectors.wire.FeedbackMessages;
import io.sluice.forecast.Timing;
import io.sluice.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One series of a job's topics, as far as they still hold it, in the order in which the job went through it.
 *
 * <p>Readings go by their partition, or by event time where the job does; those that the job has passed over, as its topics of
 * late readings and of dead letters tell, are left out where the order is that of event time, since how far that had come is
 * nowhere else to be seen.
 */
final class TopicSeries {
  private final Settings settings;
  private final String series;
  private final JobRows rows;
  private final boolean byTime;
  private final Map<Integer, Long> clocks = new HashMap<>();

  TopicSeries(Settings settings, String series, JobRows rows) {
    this.settings = settings;
    this.series = series;
    this.rows = rows;
    byTime = settings.plan().timing().order() == Timing.Order.EVENT_TIME;
  }

  /** A reading, and when the log had it and all before it in its partition. */
  private record Turn(Arrival.Decoded arrival, long clock) {
    long time() {
      return arrival.reading().time();
    }

    Original original() {
      return arrival.original();
    }
  }

  Past past() {
    List<Turn> turns = turns();
    Set<Long> passedOver = new HashSet<>();
    turns.stream()
        .filter(turn -> rows.passedOver(turn.original()))
        .forEach(turn -> passedOver.add(turn.time()));
    turns.removeIf(turn -> rows.passedOver(turn.original()));
    Past past = new Past(turns.stream().map(turn -> turn.arrival().reading()).toList(), passedOver);
    long[] clocks = stepped(turns);
    int next = 0;
    for (Arrival.Labelled label : labels()) {
      while (next < turns.size() && clocks[next] <= label.original().timestamp()) {
        next++;
      }
      past.say(next, label);
    }
    return past;
  }

  /**
   * When the job stepped each reading: by the clock of its row; where that is gone, or has not been written yet, by that of the
   * log, as if the job had never been behind, but no later than a reading that came after it.
   */
  private long[] stepped(List<Turn> turns) {
    long[] clocks = new long[turns.size()];
    long latest = Long.MIN_VALUE;
    for (int i = 0; i < clocks.length; i++) {
      Optional<JobRows.Written> row = rows.at(turns.get(i).time());
      latest = Math.max(latest, row.map(JobRows.Written::clock).orElse(latest));
      clocks[i] = row.isPresent() ? latest : logged(turns.get(i));
    }
    long next = Long.MAX_VALUE;
    for (int i = clocks.length - 1; i >= 0; i--) {
      clocks[i] = Math.min(clocks[i], next);
      next = rows.at(turns.get(i).time()).isPresent() ? clocks[i] : next;
    }
    return clocks;
  }

  private long logged(Turn turn) {
    Timing timing = settings.plan().timing();
    boolean waits = byTime && !timing.skewed(turn.arrival().reading());
    return waits
        ? Math.max(turn.time() + timing.lateness().toMillis(), turn.clock())
        : turn.clock();
  }

  private List<Turn> turns() {
    List<Turn> turns = new ArrayList<>();
    ReadingDecoder decoder =
        ReadingDecoder.of(settings.readings().format(), settings.readings().mapping());
    TopicReader.readAll(
        settings.kafka(),
        settings.readings().topic(),
        record -> {
          long clock = clocks.merge(record.partition(), record.timestamp(), Math::max);
          if (decoded(decoder, record) instanceof Arrival.Decoded decoded
              && decoded.reading().series().equals(series)) {
            turns.add(new Turn(decoded, clock));
          }
        });
    turns.sort(order());
    return turns;
  }

  /** A wrong clock waits for nobody, and is held against others of its kind alone. */
  private Comparator<Turn> order() {
    Timing timing = settings.plan().timing();
    Comparator<Turn> asRead =
        Comparator.comparingInt((Turn turn) -> turn.original().partition())
            .thenComparingLong(turn -> turn.original().offset());
    return byTime
        ? Comparator.comparingLong(
                (Turn turn) -> timing.skewed(turn.arrival().reading()) ? turn.clock() : turn.time())
            .thenComparingLong(turn -> turn.original().timestamp())
            .thenComparing(asRead)
        : Comparator.comparingLong(Turn::clock).thenComparing(asRead);
  }

  private static Arrival decoded(ReadingDecoder decoder, Original record) {
    try {
      return decoder.decode(record);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** What people have said of the series, in the order of their topic. */
  private List<Arrival.Labelled> labels() {
    List<Arrival.Labelled> labels = new ArrayList<>();
    if (!settings.feedback().isEmpty()) {
      rows.read(
          settings.kafka(),
          settings.feedback(),
          record -> {
            if (FeedbackMessages.decode(record) instanceof Arrival.Labelled label
                && label.series().equals(series)) {
              labels.add(label);
            }
          });
    }
    return labels;
  }
}
