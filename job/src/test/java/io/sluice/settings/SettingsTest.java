package io.sluice.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.anomaly.Alerts;
import io.sluice.anomaly.Budget;
import io.sluice.anomaly.Limits;
import io.sluice.contest.Rules;
import io.sluice.forecast.BySeries;
import io.sluice.forecast.Timing;
import io.sluice.symbols.Symbols;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final Path EXAMPLE = Path.of("../deploy/sluice.yaml");
  private static final String LEAST =
      """
      kafka: {bootstrap: "localhost:9092"}
      readings: {values: {celsius: temperature}}
      """;

  private static final Rules NOTHING_MEASURED =
      new Rules(false, 0, Duration.ofHours(1), Duration.ofHours(1));

  @Test
  void everyKeyAndItsDefaultAreKnown() {
    Source source = new Source("sluice.yaml");
    Settings.read(source, LEAST);
    String keys =
        source.asked().entrySet().stream()
            .map(key -> (key.getKey() + " = " + key.getValue()).strip())
            .collect(Collectors.joining("\n"));

    assertThat(keys)
        .isEqualTo(
            """
            alerts.budget = 1/30d
            alerts.calendars = []
            alerts.confirm = 8
            alerts.cooldown = 0
            alerts.fleet = 1
            alerts.hysteresis = 0.6
            alerts.limits.celsius.direction = both
            alerts.limits.celsius.highest = Infinity
            alerts.limits.celsius.least = 0.0
            alerts.limits.celsius.lowest = -Infinity
            alerts.limits.celsius.share = 0.0
            alerts.warmup = 64
            dead-letters.topic = dead-letters
            feedback.topic =
            forecasts.form = json
            forecasts.topic = forecasts
            job.acceptLoss = false
            job.backend = heap
            job.checkpointInterval = 10s
            job.checkpoints =
            job.delivery = exactly-once
            job.idle = 10s
            job.maxParallelism = 128
            job.name = sluice
            job.parallelism = 1
            job.transactionTimeout = 15m
            kafka.bootstrap = (required)
            kafka.properties = {}
            late.topic = late
            model.calendar = [day, week]
            model.cell = lstm
            model.context = 64
            model.hidden = 32
            model.history = 0
            model.horizon = [1, 6, 24]
            model.layers = 1
            model.leastSquares.every = 64
            model.leastSquares.order = 12
            model.quantiles = [0.05, 0.5, 0.95]
            model.season = 0
            model.symbols = []
            model.timezone = UTC
            model.timezones = {}
            model.top = 3
            model.warmup = 32
            readings.covariates = {}
            readings.form = json
            readings.group = sluice
            readings.schemas = []
            readings.series = $key
            readings.start = earliest
            readings.time = $timestamp
            readings.timeForm = millis
            readings.topic = readings
            readings.values = {}
            registry.password =
            registry.timeout = 5s
            registry.url =
            registry.user =
            retrain.ahead = 1m
            retrain.burnIn = 16
            retrain.epochs = 1
            retrain.every = 6h
            retrain.history = 4096
            retrain.margin = 0.01
            retrain.meetings = 16
            retrain.oddWeight = 0.1
            retrain.ownSlots = false
            retrain.promote = gate
            retrain.rate = 0.003
            retrain.seed = 1
            retrain.steps = 64
            retrain.threads = 1
            retrain.windows = 2048
            surprise.memory = 4096
            time.held = 10000
            time.interval = 0
            time.lateness = 1m
            time.maxGap = 6h
            time.maxSkew = 5m
            time.order = arrival
            time.retireAfter = 7d
            verdicts.topic = verdicts
            weights.groups = {}
            weights.handover = 0
            weights.maxBytes = 67108864
            weights.model = default
            weights.partBytes = 524288
            weights.round = 1h
            weights.shadow = 0.1
            weights.topic = weights
            weights.watch = 7d
            """
                .strip());
  }

  @Test
  void alertsAreReadWithTheCalendarsBesideTheFile(@TempDir Path folder) throws Exception {
    Files.writeString(
        folder.resolve("night.ics"),
        """
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        DTSTART:19700101T020000Z
        DURATION:PT1H
        RRULE:FREQ=DAILY
        END:VEVENT
        END:VCALENDAR
        """);
    Path file = folder.resolve("sluice.yaml");
    Files.writeString(
        file,
        LEAST
            + """
            alerts:
              budget: 5/h
              fleet: 1000
              calendars: [night.ics]
              limits: {celsius: {direction: up, least: 2, highest: 90}}
            """);
    Alerts alerts = Settings.read(file).plan().alerts();

    assertThat(alerts.budget()).isEqualTo(new Budget(5, Duration.ofHours(1), 1000));
    assertThat(alerts.limits(0).direction()).isEqualTo(Limits.Direction.UP);
    assertThat(alerts.limits(0).hold(91)).isFalse();
    assertThat(alerts.calendar(ZoneId.of("UTC")).covers(Duration.ofMinutes(150).toMillis()))
        .isTrue();
    assertThat(alerts.calendar(ZoneId.of("UTC")).covers(Duration.ofMinutes(190).toMillis()))
        .isFalse();
  }

  @Test
  void theCommentedExampleSetsEveryKey() throws Exception {
    Source source = new Source("sluice.yaml");
    String yaml = Files.readString(EXAMPLE);
    Settings.read(source, yaml);

    assertThat(keys("", Node.document("sluice.yaml", yaml), source.asked().keySet()))
        .isEqualTo(source.asked().keySet());
  }

  /** The paths that the file sets; a mapping of the user's own keys counts as one. */
  private static Set<String> keys(String path, Node node, Set<String> asked) {
    if (!(node instanceof Node.Mapping mapping) || asked.contains(path)) {
      return Set.of(path);
    }
    Set<String> keys = new TreeSet<>();
    mapping
        .entries()
        .forEach(
            (key, value) ->
                keys.addAll(keys(path.isEmpty() ? key : path + "." + key, value, asked)));
    return keys;
  }

  @Test
  void threeLinesAreEnough() {
    Settings settings = Settings.parse(LEAST);

    assertThat(settings.plan().variables()).containsExactly("celsius");
    assertThat(settings.plan().timing()).isEqualTo(Timing.DEFAULT);
    assertThat(settings.readings().group()).isEqualTo("sluice");
    assertThat(settings.job().checkpointInterval()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void aRangeOfValuesGivesEachAName() {
    Settings settings =
        Settings.parse(LEAST.replace("celsius: temperature", "axis: 'axes[0..2]', load: load"));

    assertThat(settings.plan().variables())
        .containsExactly("axis[0]", "axis[1]", "axis[2]", "load");
  }

  @Test
  void theFirstGroupThatFitsNamesTheModel() {
    Settings settings =
        Settings.parse(LEAST + "weights: {model: all, groups: {'pump-.*': pumps, '.*': rest}}");

    assertThat(List.of(settings.groups().model("pump-7"), settings.groups().model("fan-1")))
        .containsExactly("pumps", "rest");
    assertThat(settings.groups().models()).containsExactly("all", "pumps", "rest");
    assertThat(new Groups(BySeries.all("all"), Duration.ZERO, NOTHING_MEASURED).model("pump-7"))
        .isEqualTo("all");
  }

  @Test
  void theFirstPatternThatFitsNamesTheTimeZoneOfASeries() {
    Settings settings =
        Settings.parse(
            LEAST
                + "model: {timezone: Asia/Tokyo, timezones: {'de-.*': Europe/Berlin, '.*-.*': UTC}}");

    assertThat(Stream.of("de-7", "us-7", "fan").map(settings.plan().timing().zones()::of))
        .extracting(ZoneId::getId)
        .containsExactly("Europe/Berlin", "UTC", "Asia/Tokyo");
  }

  @Test
  void secretsStayReferencesUntilAClientIsMade() {
    Settings settings =
        Settings.parse(
            """
            kafka: {bootstrap: "localhost:9092", properties: {sasl.jaas.config: "${KAFKA_JAAS}"}}
            readings: {values: {celsius: temperature}}
            """);

    assertThat(settings.kafka().properties()).containsEntry("sasl.jaas.config", "${KAFKA_JAAS}");
    assertThat(settings.toString()).doesNotContain("KAFKA_JAAS");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          kafka: {bootstap: b}                   | there is no setting kafka.bootstap; did you mean "bootstrap"?
          kafka: {bootstrap: b, properties: {linger.ms: abc}} | kafka.properties.linger.ms is "abc": Not a number of type LONG
          kafka: {bootstrap: b, properties: {security.protocol: FOO}} | kafka.properties.security.protocol is "FOO": String must be one of (case insensitive):
          kafka: {bootstrap: b, properties: {max.poll.records: 0}} | kafka.properties.max.poll.records is "0": Value must be at least 1
          jobs: {name: x}                        | there is no setting jobs; did you mean "job"?
          job: {backend: heep}                   | job.backend is one of heap, rocksdb, not "heep"
          job: {parallelism: two}                | job.parallelism must be a whole number, not "two"
          job: {parallelism: 4, maxParallelism: 2} | expected 1 <= parallelism <= maxParallelism
          job: {checkpointInterval: 10}          | must be a time such as 250ms, 10s, 5m, 6h or 7d, not "10"
          job: {checkpointInterval: 10m}         | expected at least three times the checkpointInterval of 10m
          job: {acceptLoss: yes}                 | job.acceptLoss is true or false, not "yes"
          job: [1]                               | job must be a section of keys
          time: {order: [1]}                     | time.order must be a single value
          time: {maxgap: 1h}                     | did you mean "maxGap"?
          model: {horizon: 1}                    | model.horizon must be a list, such as [1, 6, 24]
          model: {horizon: [6, 1]}               | leads must ascend
          model: {horizon: [1, 1000000000]}      | a series' memory would hold
          model: {context: 2000000000}           | numbers, at most 16777216: take nearer leads, or less context
          model: {quantiles: [0.1, 0.9]}         | need the median
          model: {leastSquares: {order: 0}}      | model.leastSquares: least squares of order 0, expected 1 to 128
          model: {leastSquares: {order: 40}, history: 160} | a history of 160 is too short for order 40
          model: {timezone: Mars}                | must be a zone such as Europe/Berlin, not "Mars"
          model: {timezones: {"a.*": Mars}}      | model.timezones must be a zone such as Europe/Berlin, not "Mars"
          model: {timezones: {"(": UTC}}         | "(" is no regular expression
          model: {calendar: [dya]}               | model.calendar is one of
          weights: {handover: 30d}               | a handover takes 0 to 7 days, not PT720H
          weights: {groups: {"(": x}}            | "(" is no regular expression
          model: {symbols: 4, history: 1200}     | model: symbols do not go with the history 1200, only with 0
          model: {symbols: 4, horizon: [2]}      | model: symbols do not go with the horizon [2], only with [1]
          model: {symbols: 4, calendar: [day]}   | model: symbols do not go with the calendar [DAY], only with []
          model: {symbols: idle}                 | model: symbols are 2 to 1000, not 1
          model: {symbols: [a, unknown]}         | model: the symbol "unknown" is kept for all
          model: {symbols: 4, top: 0}            | model: top is 0, expected 1 or more
          model: {hidden: 0}                     | a network with hidden 0, expected 1 to 8192
          retrain: {history: 100}                | retrain: history is 100, expected 128 or more
          surprise: {memory: 50}                 | surprise remembers 50 values; 0 for none, or 128 to 65536
          retrain: {rate: 0}                     | expected a rate above 0
          registry: {url: ftp}                   | registry.url begins with http:// or https://
          registry: {url: "http://me:hunter2@r"} | holds no password: name registry.user and registry.password
          forecasts: {form: confluent}           | needs registry.url
          """)
  void saysInWhichLineWhatIsWrong(String line, String expected) {
    String yaml = line.startsWith("kafka") ? line : LEAST + line;

    assertThatThrownBy(() -> Settings.parse(yaml))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(expected)
        .hasMessageContaining("sluice.yaml, line " + (line.startsWith("kafka") ? 1 : 3) + ":");
  }

  @Test
  void whatAClientOfKafkaWouldNotTakeIsNamedInItsLine() {
    String kafka =
        """
        kafka:
          bootstrap: b
          properties:
            client.id: c
            linger.ms: %s
            metric.reporters: of.the.Cluster
            sasl.login.class: of.the.Cluster
            of.no.client: abc
        readings: {values: {celsius: temperature}}
        """;
    assertThatThrownBy(() -> Settings.parse(kafka.formatted("abc")))
        .hasMessageStartingWith("sluice.yaml, line 5: kafka.properties.linger.ms is \"abc\": ");
    assertThat(Settings.parse(kafka.formatted("${LINGER}")).kafka().properties()).hasSize(5);
  }

  @Test
  void symbolsHaveNamesOrNumbers() {
    Settings named = Settings.parse(LEAST + "model: {symbols: [idle, run], top: 1}");
    Settings numbered = Settings.parse(LEAST + "model: {symbols: 64}");

    assertThat(named.plan().symbols()).isEqualTo(new Symbols(List.of("idle", "run"), 1));
    assertThat(named.plan().horizon().leads()).containsExactly(1);
    assertThat(named.readings().mapping().symbols()).isEqualTo(named.plan().symbols());
    assertThat(numbered.plan().symbols().names()).hasSize(64).endsWith("63");
    assertThat(numbered.plan().symbols().top()).isEqualTo(3);
  }

  @Test
  void aMissingKeyIsNamed() {
    assertThatThrownBy(() -> Settings.parse("readings: {values: {a: b}}"))
        .hasMessage("sluice.yaml: kafka.bootstrap is required");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "late: {topic: readings}",
        "verdicts: {topic: forecasts}",
        "feedback: {topic: late}"
      })
  void noTwoKindsOfMessagesShareATopic(String shared) {
    assertThatThrownBy(() -> Settings.parse(LEAST + shared))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("is named twice");
  }

  @Test
  void whatIsNoFileIsNamed(@TempDir Path folder) {
    assertThatThrownBy(() -> Settings.read(folder))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(folder.toString());
  }

  @Test
  void brokenYamlIsToldByItsLine() {
    assertThatThrownBy(() -> Settings.parse("kafka:\n  bootstrap: [a"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("line ");
    assertThatThrownBy(() -> Settings.parse("kafka:\n\tbootstrap: here"))
        .hasMessageContaining("line 2")
        .hasMessageContaining("cannot start any token");
    assertThatThrownBy(() -> Settings.parse(LEAST + "kafka: {bootstrap: other}"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("line 3");
    assertThatThrownBy(() -> Settings.parse("just words"))
        .hasMessageContaining("must hold sections");
  }
}
