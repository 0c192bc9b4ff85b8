package io.sluice.job;

import io.sluice.connectors.kafka.Start;
import io.sluice.retrain.Order;
import io.sluice.settings.JobSettings;
import io.sluice.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Where a cluster enters: {@code forecast --config FILE} or {@code retrain --config FILE}, or {@code --yaml TEXT} for settings
 * that came with the submission. With {@code --from PLACE --until MILLIS --fresh true|false --model ID …} retraining holds
 * one round and ends.
 */
public final class Sluice {
  private static final int ARGUMENTS = 3;

  private Sluice() {}

  public static void main(String[] arguments) throws Exception {
    List<String> words = List.of(arguments);
    if (words.size() < ARGUMENTS || !List.of("forecast", "retrain").contains(words.get(0))) {
      throw new IllegalArgumentException(
          "expected forecast or retrain, --config FILE or --yaml TEXT, and perhaps --accept-loss");
    }
    Settings read = settings(words.get(1), words.get(2));
    Settings settings = words.contains("--accept-loss") ? read.acceptingLoss() : read;
    if (words.get(0).equals("retrain")) {
      retrain(settings, words.subList(ARGUMENTS, words.size()));
    } else {
      StreamExecutionEnvironment env = JobEnvironment.of(settings.job());
      ForecastJob.wire(env, settings);
      env.execute(settings.job().name());
    }
  }

  private static void retrain(Settings settings, List<String> options) throws Exception {
    List<String> models = after("--model", options);
    JobSettings job = models.isEmpty() ? RetrainJob.living(settings) : RetrainJob.passing(settings);
    StreamExecutionEnvironment env = JobEnvironment.of(job);
    if (models.isEmpty()) {
      RetrainJob.wire(env, settings);
    } else {
      once(env, settings, options, models);
    }
    env.execute(job.name());
  }

  private static void once(
      StreamExecutionEnvironment env,
      Settings settings,
      List<String> options,
      List<String> models) {
    long cut = Long.parseLong(after("--until", options).get(0));
    boolean fresh = Boolean.parseBoolean(after("--fresh", options).get(0));
    List<Order> rounds = models.stream().map(model -> new Order(cut, model, fresh)).toList();
    RetrainJob.once(env, settings, rounds, new Start(after("--from", options).get(0)));
  }

  /** What follows each of these options. */
  private static List<String> after(String option, List<String> options) {
    return IntStream.range(0, options.size() - 1)
        .filter(i -> i % 2 == 0 && options.get(i).equals(option))
        .mapToObj(i -> options.get(i + 1))
        .toList();
  }

  private static Settings settings(String how, String what) throws Exception {
    return switch (how) {
      case "--config" -> Settings.read(Path.of(what));
      case "--yaml" -> Settings.parse(what);
      default -> throw new IllegalArgumentException("no option " + how);
    };
  }
}
