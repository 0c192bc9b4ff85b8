package io.sluice.backtest;

import io.sluice.connectors.Arrival;
import io.sluice.connectors.Original;
import io.sluice.connectors.kafka.TopicReader;
import io.sluice.connectors.kafka.WeightsStore;
import io.sluice.connectors.mapping.ReadingDecoder;
import io.sluice.forecast.Reading;
import io.sluice.forecast.Timing;
import io.sluice.settings.Settings;
import io.sluice.weights.Release;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One series of a job's topics: its readings as the topic still holds them, and the weights that answered it. */
final class TopicSeries {
  private final Settings settings;
  private final String series;

  TopicSeries(Settings settings, String series) {
    this.settings = settings;
    this.series = series;
  }

  /** In the order in which the job steps them. */
  List<Reading> readings() {
    List<Reading> readings = new ArrayList<>();
    ReadingDecoder decoder =
        ReadingDecoder.of(settings.readings().format(), settings.readings().mapping());
    TopicReader.readAll(
        settings.kafka(),
        settings.readings().topic(),
        record -> {
          if (decoded(decoder, record) instanceof Arrival.Decoded decoded
              && decoded.reading().series().equals(series)) {
            readings.add(decoded.reading());
          }
        });
    if (settings.plan().timing().order() == Timing.Order.EVENT_TIME) {
      readings.sort(Comparator.comparingLong(Reading::time));
    }
    return readings;
  }

  private static Arrival decoded(ReadingDecoder decoder, Original record) {
    try {
      return decoder.decode(record);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** Those of the series' model that answer somebody now. */
  Succession succession() {
    Succession succession = new Succession(settings.plan());
    String model = settings.groups().model(series);
    WeightsStore store = new WeightsStore(settings.kafka(), settings.weights());
    for (Release release : store.contents().releases()) {
      if (release.model().equals(model)) {
        succession.add(release);
      }
    }
    return succession.behind(time -> settings.groups().behind(series, time));
  }
}
