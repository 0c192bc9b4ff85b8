package io.sluice.settings;

import io.sluice.connectors.kafka.ReadingsSettings;
import io.sluice.connectors.kafka.Start;
import io.sluice.connectors.mapping.Format;
import io.sluice.connectors.mapping.Mapping;
import io.sluice.connectors.mapping.TimeForm;
import io.sluice.connectors.wire.RegistrySettings;
import io.sluice.symbols.Symbols;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The section {@code readings}: which topic, and where in its messages a reading stands.
 *
 * @param variables names, in the order of a reading's values; a path with a range gives several
 * @param covariates names, in the order of a reading's covariates
 */
record Readings(ReadingsSettings settings, List<String> variables, List<String> covariates) {

  /** The same, but its values are symbols, if there are any. */
  Readings of(Symbols symbols) {
    Mapping mapping = settings.mapping().withSymbols(symbols);
    return new Readings(
        new ReadingsSettings(
            settings.topic(), settings.group(), settings.start(), settings.format(), mapping),
        variables,
        covariates);
  }

  Symbols symbols() {
    return settings.mapping().symbols();
  }

  static Readings read(Section section, String job, ZoneId zone, RegistrySettings registry) {
    String topic = section.text("topic", "readings");
    String start = section.text("start", "earliest");
    String group = section.text("group", job);
    Format.Form form = section.choice("form", Format.Form.JSON);
    List<String> schemas = section.texts("schemas", List.of());
    String series = section.text("series", Mapping.KEY);
    String time = section.text("time", Mapping.TIMESTAMP);
    TimeForm.Unit unit = section.choice("timeForm", TimeForm.Unit.MILLIS);
    Map<String, String> values = section.pairs("values");
    Map<String, String> covariates = section.pairs("covariates");
    section.end();
    return section.checked(
        () -> {
          if (values.isEmpty()) {
            throw new IllegalArgumentException(
                "values is required: a name and a path for each, such as \"celsius: temperature\"");
          }
          Mapping mapping =
              new Mapping(
                  series,
                  time,
                  new TimeForm(unit, zone),
                  List.copyOf(values.values()),
                  List.copyOf(covariates.values()));
          return new Readings(
              new ReadingsSettings(
                  topic, group, new Start(start), new Format(form, registry, schemas), mapping),
              names(values),
              names(covariates));
        });
  }

  /** One name for each path; for a range such as {@code [0..2]} one for each of its values. */
  private static List<String> names(Map<String, String> paths) {
    List<String> names = new ArrayList<>();
    paths.forEach(
        (name, path) -> {
          int count = count(path);
          for (int i = 0; i < count; i++) {
            names.add(count == 1 ? name : name + "[" + i + "]");
          }
        });
    return names;
  }

  private static int count(String path) {
    return new Mapping(Mapping.KEY, Mapping.TIMESTAMP, TimeForm.MILLIS, List.of(path), List.of())
        .variables();
  }
}
