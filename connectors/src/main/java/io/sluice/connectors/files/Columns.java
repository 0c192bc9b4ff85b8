package io.sluice.connectors.files;

import io.sluice.connectors.mapping.TimeForm;
import io.sluice.symbols.Symbols;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Which columns of a file make a reading, by the names in its first line; a file without such a line has columns 1, 2, ….
 *
 * @param series column of the name of the series; without one all rows are of the series that the file is named after
 * @param time column of the time; without one a row follows the other by a minute, the first at 1970
 * @param unit how times are written; without one the first time tells
 * @param zone of times that name none
 * @param values columns, one for each variable
 * @param covariates columns, one for each covariate
 * @param symbols that the values are; none where they are numbers that measure
 */
public record Columns(
    Optional<String> series,
    Optional<String> time,
    Optional<TimeForm.Unit> unit,
    ZoneId zone,
    List<String> values,
    List<String> covariates,
    Symbols symbols) {
  public Columns {
    values = List.copyOf(values);
    covariates = List.copyOf(covariates);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a file's readings need at least one column of values");
    }
  }

  /** Of values that measure. */
  public Columns(
      Optional<String> series,
      Optional<String> time,
      Optional<TimeForm.Unit> unit,
      ZoneId zone,
      List<String> values,
      List<String> covariates) {
    this(series, time, unit, zone, values, covariates, Symbols.NONE);
  }

  public Columns withSymbols(Symbols all) {
    return new Columns(series, time, unit, zone, values, covariates, all);
  }

  public static Columns of(String time, String... values) {
    return new Columns(
        Optional.empty(),
        Optional.of(time),
        Optional.empty(),
        ZoneOffset.UTC,
        List.of(values),
        List.of());
  }

  /** Of a file that has values alone. */
  public static Columns untimed(String... values) {
    return new Columns(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        ZoneOffset.UTC,
        List.of(values),
        List.of());
  }
}
