package io.sluice.settings;

import io.sluice.anomaly.Alerts;
import io.sluice.connectors.kafka.Delivery;
import io.sluice.connectors.kafka.KafkaSettings;
import io.sluice.connectors.kafka.ReadingsSettings;
import io.sluice.connectors.kafka.RowsSettings;
import io.sluice.connectors.kafka.WeightsSettings;
import io.sluice.connectors.wire.Labels;
import io.sluice.connectors.wire.RegistrySettings;
import io.sluice.connectors.wire.Wire;
import io.sluice.connectors.wire.WireForm;
import io.sluice.contest.Rules;
import io.sluice.forecast.BySeries;
import io.sluice.forecast.Cycle;
import io.sluice.forecast.ForecastPlan;
import io.sluice.forecast.Memory;
import io.sluice.forecast.Timing;
import io.sluice.online.Regression;
import io.sluice.symbols.Symbols;
import io.sluice.weights.Horizon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All of {@code sluice.yaml}, checked.
 *
 * @param feedback the topic on which people say what they think of alerts, empty for none
 */
public record Settings(
    KafkaSettings kafka,
    ReadingsSettings readings,
    RowsSettings rows,
    WeightsSettings weights,
    String feedback,
    Groups groups,
    ForecastPlan plan,
    RetrainSettings retrain,
    JobSettings job) {

  private static final Duration WEEK = Duration.ofDays(7);

  /** Of a contest, at least, before it is given up. */
  private static final int ROUNDS = 100;

  public static Settings read(Path file) throws IOException {
    try {
      return read(new Source(file.toString()), Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new SettingsException("there is no file " + file);
    } catch (IOException e) {
      throw new SettingsException("%s cannot be read: %s".formatted(file, e.getMessage()));
    }
  }

  public static Settings parse(String yaml) {
    return read(new Source("sluice.yaml"), yaml);
  }

  static Settings read(Source source, String yaml) {
    Section root = new Section(source, "", Node.document(source.file(), yaml));
    KafkaSettings kafka = kafka(root.section("kafka"));
    Section jobs = root.section("job");
    JobSettings job = JobSettings.read(jobs);
    Delivery delivery = delivery(jobs, job);
    jobs.end();
    RegistrySettings registry = registry(root.section("registry"));
    Section model = root.section("model");
    BySeries<ZoneId> zones = zones(model);
    Readings readings =
        Readings.read(root.section("readings"), job.name(), zones.standard(), registry)
            .of(symbols(model));
    Alerts alerts = AlertRules.read(root.section("alerts"), readings.variables(), zones);
    ForecastPlan forecast = plan(model, readings, timing(root.section("time"), zones), alerts);
    ForecastPlan plan = remembering(root.section("surprise"), forecast);
    RetrainSettings retrain = RetrainSettings.read(model, root.section("retrain"));
    model.end();
    Section forecasts = root.section("forecasts");
    Wire wire = wire(forecasts, registry);
    RowsSettings.Topics topics = topics(root, forecasts);
    Labels labels = Labels.of(plan);
    RowsSettings rows = new RowsSettings(topics, wire, labels, delivery);
    Section released = root.section("weights");
    WeightsSettings weights = weights(released);
    Groups groups = Groups.read(released, contest(released, plan, retrain));
    released.end();
    String feedback = topic(root.section("feedback"), "");
    root.end();
    apart(source, List.of(readings.settings().topic(), weights.topic(), feedback), topics);
    return new Settings(
        kafka, readings.settings(), rows, weights, feedback, groups, plan, retrain, job);
  }

  /** The same, but going on from a checkpoint of any age. */
  public Settings acceptingLoss() {
    return new Settings(
        kafka, readings, rows, weights, feedback, groups, plan, retrain, job.acceptingLoss());
  }

  private static KafkaSettings kafka(Section section) {
    String bootstrap = section.text("bootstrap");
    Map<String, String> properties = section.pairs("properties");
    Section given = section.section("properties");
    section.end();
    properties.forEach(
        (property, value) ->
            KafkaSettings.objection(property, value)
                .ifPresent(
                    expected -> {
                      throw given.error(property, "is \"%s\": %s".formatted(value, expected));
                    }));
    return section.checked(() -> new KafkaSettings(bootstrap, properties));
  }

  private static Delivery delivery(Section section, JobSettings job) {
    Delivery.Promise promise = section.choice("delivery", Delivery.Promise.EXACTLY_ONCE);
    Duration timeout = section.duration("transactionTimeout", Duration.ofMinutes(15));
    if (promise == Delivery.Promise.EXACTLY_ONCE
        && timeout.compareTo(job.checkpointInterval().multipliedBy(3)) < 0) {
      throw section.error(
          "transactionTimeout",
          "is %s, expected at least three times the checkpointInterval of %s: a transaction must outlive its checkpoint and a recovery"
              .formatted(Durations.text(timeout), Durations.text(job.checkpointInterval())));
    }
    return section.checked(() -> new Delivery(promise, job.name(), timeout));
  }

  private static BySeries<ZoneId> zones(Section model) {
    return new BySeries<>(
        zone(model, "timezone", model.text("timezone", "UTC")),
        model.patterns("timezones", zone -> zone(model, "timezones", zone)));
  }

  private static ZoneId zone(Section model, String key, String zone) {
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw model.error(key, "must be a zone such as Europe/Berlin, not \"" + zone + "\"");
    }
  }

  private static Timing timing(Section section, BySeries<ZoneId> zones) {
    Timing standard = Timing.DEFAULT;
    Timing.Order order = section.choice("order", standard.order());
    Duration interval = section.duration("interval", standard.interval());
    Duration lateness = section.duration("lateness", standard.lateness());
    int held = section.whole("held", standard.held());
    Duration maxSkew = section.duration("maxSkew", standard.maxSkew());
    Duration maxGap = section.duration("maxGap", standard.maxGap());
    Duration retireAfter = section.duration("retireAfter", standard.retireAfter());
    section.end();
    return section.checked(
        () -> new Timing(order, interval, lateness, held, maxSkew, maxGap, retireAfter, zones));
  }

  private static WeightsSettings weights(Section section) {
    WeightsSettings standard = WeightsSettings.DEFAULT;
    String topic = section.text("topic", standard.topic());
    int partBytes = section.whole("partBytes", standard.partBytes());
    int maxBytes = section.whole("maxBytes", (int) standard.maxBytes());
    return section.checked(() -> new WeightsSettings(topic, partBytes, maxBytes));
  }

  /**
   * By default a round is twice the furthest lead, or an hour where readings have no fixed interval, and a watch long
   * enough for a decision.
   */
  private static Rules contest(Section section, ForecastPlan plan, RetrainSettings retrain) {
    boolean candidates = retrain.promotion().by() == RetrainSettings.Promotion.By.LIVE;
    Duration furthest = plan.timing().interval().multipliedBy(plan.horizon().furthest());
    Duration standard = plan.timing().aligned() ? furthest.multipliedBy(2) : Duration.ofHours(1);
    double share = section.decimal("shadow", 0.1);
    Duration round = section.duration("round", standard);
    Duration rounds = round.multipliedBy(ROUNDS);
    Duration longest = rounds.compareTo(WEEK) > 0 ? rounds : WEEK;
    Duration watch = section.duration("watch", longest);
    return section.checked(() -> new Rules(candidates, share, round, watch));
  }

  private static Wire wire(Section forecasts, RegistrySettings registry) {
    WireForm form = forecasts.choice("form", WireForm.JSON);
    return forecasts.checked(() -> new Wire(form, registry));
  }

  private static RegistrySettings registry(Section section) {
    RegistrySettings standard = RegistrySettings.NONE;
    String url = section.text("url", standard.url());
    String user = section.text("user", standard.user());
    String password = section.text("password", standard.password());
    Duration timeout = section.duration("timeout", standard.timeout());
    section.end();
    return section.checked(() -> new RegistrySettings(url, user, password, timeout));
  }

  private static ForecastPlan plan(
      Section section, Readings readings, Timing timing, Alerts alerts) {
    Symbols symbols = readings.symbols();
    Horizon standard = symbols.any() ? ForecastPlan.NEXT : Horizon.DEFAULT;
    List<Cycle> rhythm = symbols.any() ? List.of() : List.of(Cycle.DAY, Cycle.WEEK);
    var leads = section.wholes("horizon", standard.leads());
    var quantiles = section.decimals("quantiles", standard.quantiles());
    int context = section.whole("context", 64);
    int warmup = section.whole("warmup", 32);
    int season = section.whole("season", 0);
    int history = section.whole("history", 0);
    Regression regression = regression(section.section("leastSquares"));
    var calendar = section.choices("calendar", rhythm, Cycle.class);
    return section.checked(
        () -> {
          ForecastPlan plan =
              new ForecastPlan(
                  readings.variables(),
                  readings.covariates(),
                  new Horizon(leads, quantiles),
                  timing,
                  context,
                  warmup,
                  season,
                  calendar,
                  history,
                  regression,
                  ForecastPlan.PAST,
                  alerts,
                  symbols);
          Memory.fresh(plan); // refuses what no checkpoint could be read with
          return plan;
        });
  }

  private static Regression regression(Section section) {
    int order = section.whole("order", Regression.STANDARD.order());
    int every = section.whole("every", Regression.STANDARD.every());
    section.end();
    return section.checked(() -> new Regression(order, every));
  }

  private static Symbols symbols(Section model) {
    List<String> names = model.oneOrMore("symbols");
    int top = model.whole("top", 3);
    return model.checked(() -> Symbols.read(names, top));
  }

  /** A job that read what it writes would never come to an end. */
  private static void apart(Source source, List<String> read, RowsSettings.Topics written) {
    Set<String> seen = new HashSet<>();
    List<String> topics = new ArrayList<>(read);
    topics.addAll(
        List.of(written.forecasts(), written.verdicts(), written.late(), written.deadLetters()));
    for (String topic : topics) {
      if (!topic.isEmpty() && !seen.add(topic)) {
        throw new SettingsException(
            "%s: topic \"%s\" is named twice, each kind of message needs one of its own"
                .formatted(source.file(), topic));
      }
    }
  }

  private static ForecastPlan remembering(Section section, ForecastPlan plan) {
    int memory = section.whole("memory", plan.past());
    section.end();
    return section.checked(() -> plan.withPast(memory));
  }

  private static RowsSettings.Topics topics(Section root, Section forecasts) {
    RowsSettings.Topics standard = RowsSettings.Topics.DEFAULT;
    return new RowsSettings.Topics(
        topic(forecasts, standard.forecasts()),
        topic(root.section("verdicts"), standard.verdicts()),
        topic(root.section("late"), standard.late()),
        topic(root.section("dead-letters"), standard.deadLetters()));
  }

  private static String topic(Section section, String standard) {
    String topic = section.text("topic", standard);
    section.end();
    return topic;
  }
}
