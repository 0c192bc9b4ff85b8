package io.sluice.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.connectors.Original;
import io.sluice.connectors.kafka.KafkaSettings;
import io.sluice.connectors.kafka.TopicReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts what the job has committed to its topics, as any consumer would see it. */
final class Tally implements AutoCloseable {
  /** Surprise from which a verdict counts as noticing something. */
  private static final double NOTICED = 0.995;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final TopicReader forecasts;
  private final TopicReader verdicts;
  private final TopicReader letters;
  private final Map<String, Long> kinds = new TreeMap<>();
  private final Set<Fault> found = new HashSet<>();
  private long forecast;
  private long dead;
  private long judged;

  Tally(String bootstrap) {
    KafkaSettings kafka = new KafkaSettings(bootstrap, Map.of("max.poll.records", "50000"));
    forecasts = TopicReader.open(kafka, "forecasts");
    verdicts = TopicReader.open(kafka, "verdicts");
    letters = TopicReader.open(kafka, "dead-letters");
  }

  /** Takes in what has come since, and looks whether it tells of one of these faults. */
  void poll(List<Fault> faults) {
    forecasts.poll(row -> forecast++);
    verdicts.poll(row -> judge(row, faults));
    letters.poll(row -> dead++);
  }

  private void judge(Original row, List<Fault> faults) {
    JsonNode verdict = json(row);
    String kind = verdict.path("kind").asText();
    long time = verdict.path("time").asLong();
    judged = Math.max(judged, time);
    kinds.merge(kind, 1L, Long::sum);
    boolean noticed =
        verdict.path("alert").asBoolean()
            || verdict.path("surprise").asDouble() >= NOTICED
            || kind.equals("silent")
            || kind.equals("skew");
    for (Fault fault : noticed ? faults : List.<Fault>of()) {
      if (fault.kind().toldBy(kind)
          && fault.covers(verdict.path("series").asText(), time - slack(kind))) {
        found.add(fault);
      }
    }
  }

  /** Silence is told after the fact, and a fast clock by its own time. */
  private static long slack(String kind) {
    return switch (kind) {
      case "silent" -> Demo.RETIRE_AFTER - Fleet.STEP;
      case "skew" -> 8 * Fleet.STEP;
      default -> 0;
    };
  }

  private static JsonNode json(Original row) {
    try {
      return JSON.readTree(row.value().orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException("a verdict is no JSON", e);
    }
  }

  long forecasts() {
    return forecast;
  }

  long deadLetters() {
    return dead;
  }

  Map<String, Long> kinds() {
    return kinds;
  }

  /** Faults that were found, of those that ended before the last verdict. */
  long found(List<Fault> faults) {
    return past(faults).stream().filter(found::contains).count();
  }

  List<Fault> past(List<Fault> faults) {
    return faults.stream().filter(fault -> fault.to() + Demo.RETIRE_AFTER < judged).toList();
  }

  @Override
  public void close() {
    forecasts.close();
    verdicts.close();
    letters.close();
  }
}
