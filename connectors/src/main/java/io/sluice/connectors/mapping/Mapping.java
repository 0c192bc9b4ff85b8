package io.sluice.connectors.mapping;

import io.sluice.symbols.Symbols;
import java.io.Serializable;
import java.util.List;

/**
 * Where in the user's own messages a reading stands.
 *
 * <p>A path is names and indices, {@code device.sensors[0].celsius}. {@code values[0..2]} stands for three values and
 * demands an array of just three. {@code $key} is the record's key, {@code $timestamp} the record's own time.
 *
 * @param series path of the key
 * @param time path of the event time
 * @param form how the time is written
 * @param values paths, one for each variable
 * @param covariates paths, one for each covariate known in advance
 * @param symbols that the values are, as names or numbers; none where they are numbers that measure
 */
public record Mapping(
    String series,
    String time,
    TimeForm form,
    List<String> values,
    List<String> covariates,
    Symbols symbols)
    implements Serializable {
  /** The path of the record's key. */
  public static final String KEY = "$key";

  /** The path of the record's own time. */
  public static final String TIMESTAMP = "$timestamp";

  public Mapping {
    values = List.copyOf(values);
    covariates = List.copyOf(covariates);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("readings.values needs at least one path");
    }
    Plan.of(series, time, values, covariates);
  }

  /** Of values that measure. */
  public Mapping(
      String series, String time, TimeForm form, List<String> values, List<String> covariates) {
    this(series, time, form, values, covariates, Symbols.NONE);
  }

  public Mapping withSymbols(Symbols all) {
    return new Mapping(series, time, form, values, covariates, all);
  }

  /** Of Sluice's own readings: {@code series}, {@code time}, {@code values}, {@code covariates}. */
  public static Mapping own(int variables, int covariates) {
    List<String> known =
        covariates == 0 ? List.of() : List.of("covariates[0..%d]".formatted(covariates - 1));
    List<String> values = List.of("values[0..%d]".formatted(variables - 1));
    return new Mapping("series", "time", TimeForm.MILLIS, values, known);
  }

  Plan plan() {
    return Plan.of(series, time, values, covariates);
  }

  /** How many values a reading has, ranges counted in full. */
  public int variables() {
    return plan().variables();
  }
}
