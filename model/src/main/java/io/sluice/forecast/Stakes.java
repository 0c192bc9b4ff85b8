package io.sluice.forecast;

/** What two networks have said of a series and what they lose by what comes; it waits in a shadow. */
interface Stakes {
  /** Numbers that wait. */
  int slots();

  /** Of the series, counted one by one. */
  long step(Memory memory);

  /** Whether the networks have moved with it. */
  boolean moved(Forecast forecast);

  /** What both lose by what came at this step, on what they said in this round. */
  void settle(Shadow shadow, Memory memory, long step);

  /** What both say at this step. */
  void lay(Shadow shadow, Memory memory, Duel duel, long step);

  /** Nobody says anything at this step. */
  void withdraw(Shadow shadow, Memory memory, long step);
}
