package io.sluice.forecast;

import io.sluice.anomaly.Bell;
import io.sluice.anomaly.Kind;
import io.sluice.anomaly.Notice;
import io.sluice.anomaly.Occasion;
import io.sluice.anomaly.Surprise;
import io.sluice.anomaly.Suspicion;
import io.sluice.anomaly.Verdict;
import io.sluice.symbols.Symbols;
import io.sluice.symbols.Transcript;

/**
 * Moves the memory of a series of symbols by one that came: how surprising it is given the chances told before it, and the
 * chances of each to come next, the chain's and the network's as far as either is trusted.
 *
 * <p>A reading without a value is no event: nothing is learnt from it, and what was expected is still expected.
 */
final class SymbolForecaster {
  private static final String BASELINE = "markov";
  private static final double[] NO_QUANTILES = {};

  private final ForecastPlan plan;
  private final Symbols symbols;
  private final Encoder encoder;
  private final Bell bell;
  private final Suspicion suspicion;
  private final double[] chances;

  /** @param suspicion what each symbol is suspected of is noted there */
  SymbolForecaster(ForecastPlan plan, Suspicion suspicion) {
    this.plan = plan;
    symbols = plan.symbols();
    encoder = new Encoder(plan);
    bell = new Bell(plan.alerts(), plan.timing().zones()::of);
    this.suspicion = suspicion;
    chances = new double[symbols.places()];
  }

  void advance(Memory memory, Reading reading, Model model, Outcomes outcomes) {
    int place = symbols.place(reading.values()[0]);
    boolean heard = place != Symbols.MISSING;
    outcomes.verdict(verdict(memory, reading, place));
    if (heard) {
      memory.context().turn(memory.pace().seen() > 0 ? reading.time() - memory.time() : 0);
    }
    memory.pace().heard(reading.time(), Door.print(reading));
    if (heard
        && encoder.step(reading.series(), memory, model)
        && memory.pace().seen() >= plan.warmup()) {
      memory.transcript().hears(model.answer());
    } else if (model.print() != memory.encoding().print()) {
      memory.transcript().hearsNobody();
    }
    outcomes.forecast(forecast(reading.series(), memory, model, !heard));
  }

  /** Of a symbol, before the network hears it; the transcript takes it down. */
  private Verdict verdict(Memory memory, Reading reading, int place) {
    Transcript transcript = memory.transcript();
    transcript.expect(chances);
    double expected = memory.begun() ? likeliest() : Double.NaN;
    suspicion.clear();
    Kind kind = Kind.NORMAL;
    if (place != Symbols.MISSING) {
      double evidence = transcript.hear(place, chances, symbols.top());
      suspicion.keep(place == symbols.unknown() ? Kind.UNKNOWN : Kind.UNLIKELY, evidence, 0);
      // one without a name is told by its kind however often it comes
      kind = place == symbols.unknown() ? Kind.UNKNOWN : suspicion.kind();
    }
    double surprise = Surprise.of(suspicion.evidence());
    Notice notice = notice(memory, reading, surprise, expected);
    return new Verdict(
        reading.series(),
        reading.time(),
        kind,
        surprise,
        reading.values(),
        new double[] {expected},
        new double[] {Double.NaN},
        new double[] {Double.NaN},
        new double[] {surprise > 0 ? 1 : 0},
        notice.alert(),
        notice.reason(),
        notice.episode());
  }

  private Notice notice(Memory memory, Reading reading, double surprise, double expected) {
    if (!bell.cares(memory.vigil(), suspicion)) {
      return Notice.NONE;
    }
    Pace pace = memory.pace();
    Occasion occasion =
        new Occasion(
            reading.series(),
            reading.time(),
            surprise,
            memory.transcript().known(),
            pace.typical());
    return bell.ring(memory.vigil(), suspicion, occasion, reading.values()[0], expected);
  }

  private Forecast forecast(String series, Memory memory, Model model, boolean imputed) {
    Transcript transcript = memory.transcript();
    transcript.expect(chances);
    Status status =
        transcript.spoke() ? Status.LIVE : model.answers() ? Status.WARMING : Status.BASELINE;
    int[] likeliest = new int[symbols.named()];
    double[] theirs = new double[likeliest.length];
    for (int rank = 0; rank < likeliest.length; rank++) {
      likeliest[rank] = likeliest();
      theirs[rank] = chances[likeliest[rank]];
      chances[likeliest[rank]] = -1;
    }
    return new Forecast(
        series,
        memory.time(),
        status == Status.LIVE ? model.id() : BASELINE,
        status == Status.LIVE ? memory.version() : 0,
        status,
        imputed,
        new long[] {memory.time() + Math.round(memory.pace().typical())},
        NO_QUANTILES,
        new double[] {transcript.covered()},
        likeliest,
        theirs);
  }

  private int likeliest() {
    int best = 0;
    for (int place = 1; place < chances.length; place++) {
      best = chances[place] > chances[best] ? place : best;
    }
    return best;
  }
}
