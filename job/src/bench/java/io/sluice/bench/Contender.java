package io.sluice.bench;

import io.sluice.job.ForecastJob;
import io.sluice.job.Shell;
import io.sluice.settings.Settings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job between the same source and the same sink. */
enum Contender {
  FORECAST("forecast") {
    @Override
    void wire(StreamExecutionEnvironment env, Settings settings) {
      ForecastJob.wire(env, settings);
    }
  },
  COPY("copy") {
    @Override
    void wire(StreamExecutionEnvironment env, Settings settings) {
      Shell.wire(env, settings, new CopyFunction(settings.plan()));
    }
  },
  FOREST("RCF") {
    @Override
    void wire(StreamExecutionEnvironment env, Settings settings) {
      Shell.wire(env, settings, new ForestFunction(settings.plan()));
    }
  };

  private final String word;

  Contender(String word) {
    this.word = word;
  }

  abstract void wire(StreamExecutionEnvironment env, Settings settings);

  String word() {
    return word;
  }
}
