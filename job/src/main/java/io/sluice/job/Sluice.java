package io.sluice.job;

import io.sluice.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Where a cluster enters: {@code forecast --config FILE} or {@code retrain --config FILE}, or {@code --yaml TEXT} for settings
 * that came with the submission.
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
    StreamExecutionEnvironment env = JobEnvironment.of(settings.job());
    if (words.get(0).equals("retrain")) {
      RetrainJob.wire(env, settings);
      env.execute(settings.job().name() + "-retrain");
    } else {
      ForecastJob.wire(env, settings);
      env.execute(settings.job().name());
    }
  }

  private static Settings settings(String how, String what) throws Exception {
    return switch (how) {
      case "--config" -> Settings.read(Path.of(what));
      case "--yaml" -> Settings.parse(what);
      default -> throw new IllegalArgumentException("no option " + how);
    };
  }
}
