package io.sluice.job;

import io.sluice.connectors.Arrival;
import io.sluice.connectors.FlowType;
import io.sluice.connectors.Flows;
import io.sluice.connectors.PartArrival;
import io.sluice.connectors.Row;
import io.sluice.connectors.kafka.Delivery;
import io.sluice.connectors.kafka.FeedbackSource;
import io.sluice.connectors.kafka.KafkaSettings;
import io.sluice.connectors.kafka.ReadingsSource;
import io.sluice.connectors.kafka.RowsSink;
import io.sluice.connectors.kafka.WeightsSettings;
import io.sluice.connectors.kafka.WeightsSink;
import io.sluice.connectors.kafka.WeightsSource;
import io.sluice.connectors.kafka.WeightsStore;
import io.sluice.contest.Score;
import io.sluice.forecast.ForecastPlan;
import io.sluice.forecast.Model;
import io.sluice.retrain.Library;
import io.sluice.settings.Groups;
import io.sluice.settings.JobSettings;
import io.sluice.settings.Settings;
import io.sluice.weights.Release;
import java.time.Instant;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.CheckpointConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Readings and weights in, rows out; and, where a model is measured against another on live events, decisions on weights.
 *
 * <pre>
 *   readings ──keyBy(series)──► FORECAST ──────────────────────────► rows
 *   weights ──► ASSEMBLY ──broadcast─┴─── scores, keyBy(model) ──► DECISION ──► weights
 * </pre>
 *
 * <p>The uids below name the state in every savepoint: they are never edited.
 *
 * <p>Which weights answer a reading is decided by event time, so a replay gives the same rows once a release has arrived
 * before the first reading of its {@code activeFrom}. Whoever publishes weights sets {@code activeFrom} ahead of the
 * readings under way; with one in the past, the readings under way at that moment may be answered by either version.
 */
public final class ForecastJob {
  static final String READINGS = "readings";
  static final String FEEDBACK = "feedback";
  static final String WEIGHTS = "weights";
  static final String ASSEMBLY = "assembly";
  static final String FORECAST = "forecast";
  static final String ROWS = "rows";
  static final String DECISION = "decision";
  static final String DECISIONS = "decisions";

  private static final TypeInformation<Shipment> SHIPMENT =
      new FlowType<>(Shipment.class, ShipmentSerializer.INSTANCE);

  private static final TypeInformation<Release> RELEASE =
      new FlowType<>(Release.class, ReleaseSerializer.INSTANCE);

  /** How many keys the dead letters share, so that a flood of them is spread. */
  private static final int LETTER_BOXES = 1024;

  private ForecastJob() {}

  /**
   * What comes in and where it goes.
   *
   * @param known releases that {@code weights} will bring: readings must not overtake them when a subtask starts, be it
   *     for the first time or once more
   */
  public record Ends(
      Source<Arrival, ?, ?> readings,
      Source<PartArrival, ?, ?> weights,
      Library known,
      Sink<Row> rows,
      Sink<Release> decisions) {}

  /** The job between Kafka and Kafka. */
  public static void wire(StreamExecutionEnvironment env, Settings settings) {
    ReadingsSource.expect(settings.kafka(), settings.readings());
    RowsSink.expect(settings.kafka(), settings.rows());
    WeightsStore store = new WeightsStore(settings.kafka(), settings.weights());
    if (settings.groups().contest().any()) {
      store.expect();
    }
    Library known = known(settings);
    known.releases(); // without its topic nothing need start
    wire(
        env,
        settings,
        new Ends(
            ReadingsSource.unbounded(settings.kafka(), settings.readings()),
            WeightsSource.of(settings.kafka(), settings.weights()),
            known,
            RowsSink.of(settings.kafka(), settings.rows()),
            new WeightsSink(settings.kafka(), settings.weights())));
  }

  /** The job between those ends. */
  public static void wire(StreamExecutionEnvironment env, Settings settings, Ends ends) {
    keepBrief(env, settings.rows().delivery());
    DataStream<Arrival> readings =
        env.fromSource(
                ends.readings(),
                ArrivalClock.strategy(settings.plan().timing(), settings.job().idle()),
                READINGS,
                Flows.ARRIVAL)
            .uid(READINGS);
    BroadcastStream<Shipment> shipments = shipments(env, settings, ends.weights());
    SingleOutputStreamOperator<Row> rows =
        feedback(env, settings)
            .map(readings::union)
            .orElse(readings)
            .keyBy(ForecastJob::key, Types.STRING)
            .connect(shipments)
            .process(function(settings, ends.known(), env.getConfiguration()), Flows.ROW)
            .uid(FORECAST)
            .name(FORECAST);
    rows.sinkTo(ends.rows()).uid(ROWS).name(ROWS);
    if (settings.groups().contest().any()) {
      decide(rows.getSideOutput(ForecastFunction.SCORES), shipments, settings)
          .sinkTo(ends.decisions())
          .uid(DECISIONS)
          .name(DECISIONS)
          .setParallelism(1);
    }
  }

  /** Of all series together, so in one place. */
  private static DataStream<Release> decide(
      DataStream<Score> scores, BroadcastStream<Shipment> shipments, Settings settings) {
    return scores
        .keyBy(Score::model, Types.STRING)
        .connect(shipments)
        .process(new DecisionFunction(settings.plan(), settings.groups().contest()), RELEASE)
        .uid(DECISION)
        .name(DECISION)
        .setParallelism(1);
  }

  /**
   * A checkpoint takes a third of the transaction time-out at most: transactions live from one to the end of the next, and
   * a third is left to recover in. One that the broker has given up is lost in silence, the job running on.
   */
  private static void keepBrief(StreamExecutionEnvironment env, Delivery delivery) {
    CheckpointConfig checkpoints = env.getCheckpointConfig();
    if (delivery.promise() == Delivery.Promise.EXACTLY_ONCE) {
      long most = delivery.transactionTimeout().toMillis() / 3;
      checkpoints.setCheckpointTimeout(Math.min(checkpoints.getCheckpointTimeout(), most));
    }
  }

  /** Goes with the readings of its series; knows no time, so a replay may hear it a reading sooner or later. */
  private static Optional<DataStream<Arrival>> feedback(
      StreamExecutionEnvironment env, Settings settings) {
    if (settings.feedback().isEmpty()) {
      return Optional.empty();
    }
    Source<Arrival, ?, ?> source = FeedbackSource.of(settings.kafka(), settings.feedback());
    return Optional.of(
        env.fromSource(source, Timeless.strategy(), FEEDBACK, Flows.ARRIVAL)
            .uid(FEEDBACK)
            .setParallelism(1));
  }

  private static BroadcastStream<Shipment> shipments(
      StreamExecutionEnvironment env, Settings settings, Source<PartArrival, ?, ?> weights) {
    return env.fromSource(weights, Timeless.strategy(), WEIGHTS, Flows.PART)
        .uid(WEIGHTS)
        .setParallelism(1)
        .process(
            new AssemblyFunction(settings.plan(), settings.groups().models(), settings.weights()),
            SHIPMENT)
        .uid(ASSEMBLY)
        .name(ASSEMBLY)
        .setParallelism(1)
        .broadcast(Shelf.RELEASES);
  }

  /** @param flink what the job is started with, and so what it goes on from */
  static ForecastFunction function(Settings settings, Library known, ReadableConfig flink) {
    return new ForecastFunction(settings.plan(), settings.groups(), oldest(settings, flink), known);
  }

  /** What the weights topic holds and this job can use; what it cannot use is told once the job runs. */
  private static Library known(Settings settings) {
    KafkaSettings kafka = settings.kafka();
    WeightsSettings weights = settings.weights();
    Groups groups = settings.groups();
    ForecastPlan plan = settings.plan();
    return () ->
        new WeightsStore(kafka, weights)
            .contents().releases().stream()
                .filter(release -> groups.models().contains(release.model()))
                .filter(release -> fits(release, plan))
                .toList();
  }

  /** Series go together; what is no reading has no series, and goes wherever there is room. */
  static String key(Arrival arrival) {
    if (arrival instanceof Arrival.Labelled labelled) {
      return labelled.series();
    }
    return arrival instanceof Arrival.Decoded decoded
        ? decoded.reading().series()
        : "\0" + arrival.original().offset() % LETTER_BOXES;
  }

  private static boolean fits(Release release, ForecastPlan plan) {
    try {
      Model.of(release, plan);
      return true;
    } catch (IllegalArgumentException misfit) {
      return false;
    }
  }

  static CheckpointAge.Limit oldest(Settings settings, ReadableConfig flink) {
    Delivery delivery = settings.rows().delivery();
    return delivery.promise() == Delivery.Promise.EXACTLY_ONCE
        ? new CheckpointAge.Limit(
            delivery.transactionTimeout(), forgiven(settings.job(), flink).toEpochMilli())
        : CheckpointAge.Limit.none();
  }

  /**
   * A loss that is accepted is that of an earlier run, and a savepoint that is known to be whole has none: what this run
   * leaves is held to its age again.
   */
  private static Instant forgiven(JobSettings job, ReadableConfig flink) {
    return job.acceptLoss()
        ? Instant.now()
        : flink
            .getOptional(StateRecoveryOptions.SAVEPOINT_PATH)
            .flatMap(Retained::committed)
            .orElse(Instant.ofEpochMilli(Long.MIN_VALUE));
  }
}
