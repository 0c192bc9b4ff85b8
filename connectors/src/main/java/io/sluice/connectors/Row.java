package io.sluice.connectors;

import io.sluice.anomaly.Verdict;
import io.sluice.forecast.Forecast;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/** What the forecast job writes. One sink takes all of them, so that one transaction covers all topics. */
@TypeInfo(Flows.RowType.class)
public sealed interface Row {

  record Forecasted(Forecast forecast) implements Row {}

  record Judged(Verdict verdict) implements Row {}

  /** Read well, but older than what its series' memory has seen. */
  record Late(String reason, Original original) implements Row {}

  /** Not to be read as a reading. */
  record DeadLetter(String reason, Original original) implements Row {}
}
