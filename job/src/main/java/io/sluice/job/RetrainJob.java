package io.sluice.job;

import io.sluice.connectors.Arrival;
import io.sluice.connectors.FlowType;
import io.sluice.connectors.Flows;
import io.sluice.connectors.files.Columns;
import io.sluice.connectors.kafka.FeedbackSource;
import io.sluice.connectors.kafka.KafkaSettings;
import io.sluice.connectors.kafka.ReadingsSettings;
import io.sluice.connectors.kafka.ReadingsSource;
import io.sluice.connectors.kafka.Start;
import io.sluice.connectors.kafka.WeightsSettings;
import io.sluice.connectors.kafka.WeightsSink;
import io.sluice.connectors.kafka.WeightsSource;
import io.sluice.connectors.kafka.WeightsStore;
import io.sluice.retrain.Cuts;
import io.sluice.retrain.Inflow;
import io.sluice.retrain.Library;
import io.sluice.retrain.Order;
import io.sluice.retrain.Retraining;
import io.sluice.retrain.Syllabus;
import io.sluice.retrain.Timetable;
import io.sluice.settings.JobSettings;
import io.sluice.settings.Settings;
import io.sluice.weights.Release;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSource;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Readings in, releases out, each promoted if it passes the gate. The uids below name the state in every savepoint: they are
 * never edited.
 *
 * <pre>
 *   feedback ─┐
 *   readings ─┴─keyBy(series)───────────► RETRAIN ──► releases
 *      └──► cuts ──► TIMETABLE ──broadcast──┘
 *   asks ───────────────┘
 * </pre>
 *
 * <p>Over a bounded past the same job holds the rounds that it is given, and ends.
 */
public final class RetrainJob {
  static final String CUTS = "cuts";
  static final String ASKS = "asks";
  static final String TIMETABLE = "timetable";
  static final String RETRAIN = "retrain";
  static final String RELEASES = "releases";

  private static final TypeInformation<Release> RELEASE =
      new FlowType<>(Release.class, ReleaseSerializer.INSTANCE);

  /** At the end of a past, where nothing comes any more, a barrier waits for the rounds however long they take. */
  private static final Duration LONGEST_CHECKPOINT = Duration.ofDays(365);

  /** Failures of a job that is to end, after which it ends and says why: a broker may be gone for some two minutes. */
  private static final int ATTEMPTS = 10;

  private RetrainJob() {}

  /** The settings that the job which learns for as long as there are readings runs under. */
  public static JobSettings living(Settings settings) {
    return settings.job().also("retrain");
  }

  /** The same of the job that holds some rounds and ends: the other is not to go on from its checkpoints. */
  public static JobSettings passing(Settings settings) {
    return settings.job().also("retrain-once");
  }

  /** The job that learns for as long as there are readings. */
  public static void wire(StreamExecutionEnvironment env, Settings settings) {
    ReadingsSource.expect(settings.kafka(), settings.readings());
    ReadingsSettings readings = settings.readings().forRetraining(settings.readings().start());
    DataStream<Arrival> arrivals =
        arrivals(
            env,
            settings,
            ReadingsSource.unbounded(settings.kafka(), readings),
            Inflow.paced(clock(settings)));
    DataStream<Order> orders = orders(arrivals, asks(env, settings, readings.group()), settings);
    publish(
        env,
        settings,
        withFeedback(env, arrivals, settings, Boundedness.CONTINUOUS_UNBOUNDED),
        orders);
  }

  private static DataStream<String> asks(
      StreamExecutionEnvironment env, Settings settings, String group) {
    DataStreamSource<String> asks =
        env.fromSource(
            WeightsSource.asks(settings.kafka(), settings.weights(), group),
            Inflow.paced(
                Timeless.<String>strategy().withTimestampAssigner((model, recorded) -> recorded)),
            ASKS,
            Types.STRING);
    Inflow.setPacemaker(asks);
    return asks.uid(ASKS).setParallelism(1);
  }

  /**
   * The job that holds these rounds over what the readings topic holds now, and ends.
   *
   * @param from where to begin, as {@code readings.start} has it
   */
  public static void once(
      StreamExecutionEnvironment env, Settings settings, List<Order> rounds, Start from) {
    ReadingsSource.expect(settings.kafka(), settings.readings());
    toEnd(env);
    Source<Arrival, ?, ?> past =
        ReadingsSource.bounded(settings.kafka(), settings.readings().forRetraining(from));
    DataStream<Arrival> arrivals = arrivals(env, settings, past, clock(settings));
    publish(
        env,
        settings,
        withFeedback(env, arrivals, settings, Boundedness.BOUNDED),
        env.fromData(rounds));
  }

  /** The job that holds these rounds over a file, and ends. */
  public static void once(
      StreamExecutionEnvironment env, Settings settings, List<Order> rounds, Past past) {
    toEnd(env);
    DataStream<Arrival> arrivals =
        env.fromData(past.file().toString())
            .setParallelism(1)
            .flatMap(new FileReadings(past.columns()))
            .returns(Flows.ARRIVAL)
            .setParallelism(1);
    publish(env, settings, arrivals, env.fromData(rounds));
  }

  private static void toEnd(StreamExecutionEnvironment env) {
    Configuration ending = new Configuration();
    ending.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, LONGEST_CHECKPOINT);
    ending.set(
        RestartStrategyOptions.RESTART_STRATEGY,
        RestartStrategyOptions.RestartStrategyType.EXPONENTIAL_DELAY.getMainValue());
    ending.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, ATTEMPTS);
    env.configure(ending);
  }

  /** A file of readings. */
  public record Past(Path file, Columns columns) {}

  private static DataStream<Arrival> arrivals(
      StreamExecutionEnvironment env,
      Settings settings,
      Source<Arrival, ?, ?> readings,
      WatermarkStrategy<Arrival> clock) {
    return env.fromSource(readings, clock, ForecastJob.READINGS, Flows.ARRIVAL)
        .uid(ForecastJob.READINGS);
  }

  private static WatermarkStrategy<Arrival> clock(Settings settings) {
    return ArrivalClock.strategy(settings.plan().timing(), settings.job().idle());
  }

  /** And what people say of alerts, whenever they do. Of a past all is heard before a round begins. */
  private static DataStream<Arrival> withFeedback(
      StreamExecutionEnvironment env,
      DataStream<Arrival> arrivals,
      Settings settings,
      Boundedness extent) {
    if (settings.feedback().isEmpty()) {
      return arrivals;
    }
    boolean past = extent == Boundedness.BOUNDED;
    WatermarkStrategy<Arrival> clock =
        past ? WatermarkStrategy.noWatermarks() : Timeless.strategy();
    Source<Arrival, ?, ?> said =
        FeedbackSource.everything(settings.kafka(), settings.feedback(), extent);
    return arrivals.union(
        env.fromSource(said, clock, ForecastJob.FEEDBACK, Flows.ARRIVAL)
            .uid(ForecastJob.FEEDBACK)
            .setParallelism(1));
  }

  private static void publish(
      StreamExecutionEnvironment env,
      Settings settings,
      DataStream<Arrival> arrivals,
      DataStream<Order> orders) {
    new WeightsStore(settings.kafka(), settings.weights()).expect();
    releases(arrivals, orders, settings, library(settings.kafka(), settings.weights()))
        .sinkTo(new WeightsSink(settings.kafka(), settings.weights()))
        .uid(RELEASES)
        .name(RELEASES)
        .setParallelism(1);
  }

  private static Library library(KafkaSettings kafka, WeightsSettings weights) {
    return () -> new WeightsStore(kafka, weights).contents().releases();
  }

  /** A round of each model at every cut, and those that are asked for. */
  static DataStream<Order> orders(
      DataStream<Arrival> readings, DataStream<String> asks, Settings settings) {
    return readings
        .flatMap(new Cuts(syllabus(settings)))
        .uid(CUTS)
        .name(CUTS)
        .keyBy(cut -> 0, Types.INT)
        .connect(asks.keyBy(model -> 0, Types.INT))
        .process(new Timetable(syllabus(settings)), TypeInformation.of(Order.class))
        .uid(TIMETABLE)
        .name(TIMETABLE)
        .setParallelism(1);
  }

  /** From readings to releases, each of them as often as there are subtasks. */
  static DataStream<Release> releases(
      DataStream<Arrival> readings, DataStream<Order> orders, Settings settings, Library library) {
    SingleOutputStreamOperator<Release> releases =
        readings
            .keyBy(ForecastJob::key, Types.STRING)
            .connect(orders.broadcast())
            .transform(RETRAIN, RELEASE, new Retraining(syllabus(settings), library))
            .uid(RETRAIN);
    return settings.retrain().ownSlots() ? releases.slotSharingGroup(RETRAIN) : releases;
  }

  private static Syllabus syllabus(Settings settings) {
    return new Syllabus(settings.plan(), settings.retrain(), settings.groups());
  }
}
