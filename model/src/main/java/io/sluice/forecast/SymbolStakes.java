package io.sluice.forecast;

import io.sluice.symbols.Symbols;
import java.util.Arrays;

/** How unlikely each network held the symbol that came, as −ln of its chance. A reading without a value is no event. */
final class SymbolStakes implements Stakes {
  /** No symbol is held less likely, so that one alone decides nothing; nor is any by a network that comes to no numbers. */
  private static final double LEAST = 1e-4;

  private final int places;

  SymbolStakes(ForecastPlan plan) {
    places = plan.symbols().places();
  }

  @Override
  public int slots() {
    return 2 * places;
  }

  @Override
  public long step(Memory memory) {
    return memory.pace().seen();
  }

  @Override
  public boolean moved(Forecast forecast) {
    return !forecast.imputed();
  }

  @Override
  public void settle(Shadow shadow, Memory memory, long step) {
    int place = memory.transcript().last(0);
    boolean followed = memory.transcript().last(1) != Symbols.MISSING;
    float champion = shadow.waiting()[2 * place];
    if (followed && step > shadow.since() && !Float.isNaN(champion)) {
      shadow.lose(loss(champion), loss(shadow.waiting()[2 * place + 1]));
    }
  }

  private static double loss(float chance) {
    return -StrictMath.log(Math.max(LEAST, chance));
  }

  @Override
  public void lay(Shadow shadow, Memory memory, Duel duel, long step) {
    for (int place = 0; place < places; place++) {
      shadow.waiting()[2 * place] = duel.champion().answer()[place];
      shadow.waiting()[2 * place + 1] = duel.challenger().answer()[place];
    }
  }

  @Override
  public void withdraw(Shadow shadow, Memory memory, long step) {
    Arrays.fill(shadow.waiting(), Float.NaN);
  }
}
