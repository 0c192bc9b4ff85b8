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
    String savepoint = run(settings, story, "");
    List<Original> heard = readings(settings);
    story.write((MINUTES - FIRST_MINUTES) * EACH);
    run(settings, story, savepoint);
    sendAgain(settings, heard);

    Memory memory = Recollection.of(settings, "pump-7", savepoint).orElseThrow();
    List<String> said = said(settings, "pump-7", memory);

    assertThat(said).hasSizeGreaterThan(3);
    assertThat(Teller.actual(settings).get("verdicts pump-7")).containsAll(said);
    assertThat(Recollection.of(settings, "fan", savepoint)).isEmpty();
    long known = memory.time();
    assertThatThrownBy(
            () ->
                Inquiry.of(
                    settings, question("pump-7", known), Optional.of(memory), Optional.empty()))
        .hasMessageContaining("the savepoint has heard the series up to ");
  }

  private static List<Original> readings(Settings settings) {
    List<Original> readings = new ArrayList<>();
    TopicReader.readAll(settings.kafka(), settings.readings().topic(), readings::add);
    return readings;
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
  private static List<String> said(Settings settings, String series, Memory from) throws Exception {
    RowEncoder encoder = settings.rows().wire().encoder(settings.rows().labels(), Map.of());
    List<String> said = new ArrayList<>();
    byte[] bytes = from.bytes();
    for (int minute = FIRST_MINUTES; minute < MINUTES; minute += 3) {
      long time = Plant.START + minute * Plant.MINUTE;
      Verdict verdict = judged(settings, series, time, Memory.of(bytes)).orElse(null);
      if (verdict != null) {
        said.add(new String(encoder.encode(new Row.Judged(verdict)), UTF_8));
      }
    }
    return said;
  }

  /** Nothing of a minute without a reading that could be judged. */
  private static Optional<Verdict> judged(
      Settings settings, String series, long time, Memory memory) throws IOException {
    try {
      return Optional.of(
          Inquiry.of(settings, question(series, time), Optional.of(memory), Optional.empty())
              .verdict());
    } catch (IllegalStateException none) {
      return Optional.empty();
    }
  }

  private static Question question(String series, long time) {
    return new Question(Optional.of(series), time, 1);
  }

  private String run(Settings settings, Story story, String from) throws Exception {
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
      return run.stop(directory.toUri().toString());
    }
  }

  private static Settings settings(String backend) {
    return Settings.parse(
        Story.yaml(broker, backend)
            + """
            model: {context: 16, warmup: 8, history: 128}
            job: {name: %1$s, parallelism: 2, backend: %1$s, checkpointInterval: 300ms}
            """
                .formatted(backend));
  }
}
