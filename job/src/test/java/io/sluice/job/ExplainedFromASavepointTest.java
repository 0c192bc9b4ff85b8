package io.sluice.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.Broker;
import io.sluice.anomaly.Verdict;
import io.sluice.backtest.Inquiry;
import io.sluice.backtest.Inquiry.Question;
import io.sluice.connectors.Original;
import io.sluice.connectors.Row;
import io.sluice.connectors.broker.EmbeddedBroker;
import io.sluice.connectors.kafka.TopicReader;
import io.sluice.connectors.kafka.TopicWriter;
import io.sluice.connectors.wire.RowEncoder;
import io.sluice.forecast.Memory;
import io.sluice.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job is stopped, and goes on; what it wrote from there on is said again, bit for bit, from its savepoint and the topic. */
@ExtendWith(Broker.class)
class ExplainedFromASavepointTest {
  private static final int FIRST_MINUTES = 24;
  private static final int MINUTES = 40;
  private static final int EACH = 400;

  private static EmbeddedBroker broker;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"heap", "rocksdb"})
  void aVerdictIsThatOfTheJobToTheBit(String backend) throws Exception {
    Settings settings = settings(backend);
    Story story = Story.on(broker, backend, settings);
    story.write(FIRST_MINUTES * EACH);
    broker.topic(settings.feedback(), 1);
    String savepoint = run(settings, story, "", () -> sayTwice(settings));
    List<Original> heard = records(settings, settings.readings().topic());
    story.write((MINUTES - FIRST_MINUTES) * EACH);
    run(settings, story, savepoint, () -> {});
    sendAgain(settings, heard);

    Recollection recalled = Recollection.of(settings, "pump-7", savepoint).orElseThrow();
    assertThat(recalled.heard())
        .isEqualTo(Map.of(0, (long) records(settings, settings.feedback()).size()));
    List<String> said = said(settings, "pump-7", recalled);

    assertThat(said).hasSizeGreaterThan(3);
    assertThat(Teller.actual(settings).get("verdicts pump-7")).containsAll(said);
    assertThat(Recollection.of(settings, "fan", savepoint)).isEmpty();
    long known = recalled.memory().time();
    assertThatThrownBy(
            () ->
                Inquiry.of(
                    settings, question("pump-7", known), Optional.of(recalled), Optional.empty()))
        .hasMessageContaining("the savepoint has heard the series up to ");
  }

  private static List<Original> records(Settings settings, String topic) {
    List<Original> records = new ArrayList<>();
    TopicReader.readAll(settings.kafka(), topic, records::add);
    return records;
  }

  /** A series that the job does not know tells by its dead letter how far the job has come. */
  private static void sayTwice(Settings settings) {
    String letters = settings.rows().topics().deadLetters();
    try (TopicWriter feedback = TopicWriter.open(settings.kafka(), settings.feedback());
        TopicReader told = TopicReader.open(settings.kafka(), letters)) {
      List<String> reasons = new ArrayList<>();
      while (!reasons.toString().contains("first nobody")) {
        // until it listens
        say(feedback, "first nobody", 0);
        told.poll(letter -> reasons.add(new String(letter.value().orElseThrow(), UTF_8)));
      }
      say(feedback, "pump-7", 5);
      say(feedback, "pump-7", 10);
      say(feedback, "last nobody", 0);
      while (!reasons.toString().contains("last nobody")) {
        told.poll(letter -> reasons.add(new String(letter.value().orElseThrow(), UTF_8)));
      }
    }
  }

  private static void say(TopicWriter feedback, String series, int minute) {
    long time = Plant.START + minute * Plant.MINUTE;
    String label = "{\"series\":\"%s\",\"time\":%d,\"label\":\"false\"}".formatted(series, time);
    feedback.write(series.getBytes(UTF_8), label.getBytes(UTF_8), System.currentTimeMillis());
    feedback.flush();
  }

  /** As gateways do that never learnt of its arrival. */
  private static void sendAgain(Settings settings, List<Original> readings) {
    try (TopicWriter topic = TopicWriter.open(settings.kafka(), settings.readings().topic())) {
      for (Original reading : readings) {
        topic.write(
            reading.key().orElseThrow(), reading.value().orElseThrow(), reading.timestamp());
      }
      topic.flush();
    }
  }

  /** The verdict of every third later minute of the series, if it was judged, as the bytes of its row. */
  private static List<String> said(Settings settings, String series, Recollection from)
      throws Exception {
    RowEncoder encoder = settings.rows().wire().encoder(settings.rows().labels(), Map.of());
    List<String> said = new ArrayList<>();
    byte[] bytes = from.memory().bytes();
    for (int minute = FIRST_MINUTES; minute < MINUTES; minute += 3) {
      long time = Plant.START + minute * Plant.MINUTE;
      Verdict verdict =
          judged(settings, series, time, new Recollection(Memory.of(bytes), from.heard()))
              .orElse(null);
      if (verdict != null) {
        said.add(new String(encoder.encode(new Row.Judged(verdict)), UTF_8));
      }
    }
    return said;
  }

  /** Nothing of a minute without a reading that could be judged. */
  private static Optional<Verdict> judged(
      Settings settings, String series, long time, Recollection from) throws IOException {
    try {
      return Optional.of(
          Inquiry.of(settings, question(series, time), Optional.of(from), Optional.empty())
              .verdict());
    } catch (IllegalStateException none) {
      return Optional.empty();
    }
  }

  private static Question question(String series, long time) {
    return new Question(Optional.of(series), time, 1);
  }

  /** @param then what happens once it has answered every reading */
  private String run(Settings settings, Story story, String from, Runnable then) throws Exception {
    long all =
        story.expected().entrySet().stream()
            .filter(rows -> rows.getKey().startsWith("forecasts "))
            .mapToLong(rows -> rows.getValue().size())
            .sum();
    StreamExecutionEnvironment env = JobEnvironment.of(settings.job(), from);
    ForecastJob.wire(env, settings);
    try (EmbeddedFlink flink = EmbeddedFlink.start(settings.job(), "0", new Configuration());
        TopicReader forecasts =
            TopicReader.open(settings.kafka(), settings.rows().topics().forecasts())) {
      EmbeddedFlink.Run run = flink.start(env, "explained");
      long[] seen = {0};
      while (seen[0] < all) {
        forecasts.poll(row -> seen[0]++);
      }
      then.run();
      return run.stop(directory.toUri().toString());
    }
  }

  private static Settings settings(String backend) {
    return Settings.parse(
        Story.yaml(broker, backend)
            + """
            feedback: {topic: %1$s-feedback}
            model: {context: 16, warmup: 8, history: 128}
            job: {name: %1$s, parallelism: 2, backend: %1$s, checkpointInterval: 300ms}
            """
                .formatted(backend));
  }
}
