package io.sluice.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Lines of work, figure, what it is held against, and the goal; as a Markdown table and as JSON. */
final class Report {
  private final String title;
  private final List<Line> lines = new ArrayList<>();
  private final Map<String, Object> figures = new LinkedHashMap<>();
  private final Map<String, Object> goals = new LinkedHashMap<>();

  Report(String title) {
    this.title = title;
    figures.put("java", System.getProperty("java.runtime.version"));
    figures.put("cores", Runtime.getRuntime().availableProcessors());
  }

  private record Line(String work, String figure, String ratio, String goal) {}

  /** What is held against nothing. */
  void line(String work, String figure) {
    lines.add(new Line(work, figure, "", ""));
  }

  /**
   * What is held against a goal.
   *
   * @param what the ratio is of
   */
  void line(String work, String figure, String what, Goal goal, double ratio) {
    lines.add(new Line(work, figure, format("%s %.2f", what, ratio).strip(), goal.judged(ratio)));
    goals.put(work, Map.of("ratio", ratio, "goal", goal.text(), "met", goal.met().test(ratio)));
  }

  void figure(String name, Object figure) {
    figures.put(name, figure);
  }

  static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  private String table() {
    StringBuilder text = new StringBuilder("\n" + title + "\n\n");
    text.append("| work | figure | ratio | goal |\n|---|---|---|---|\n");
    for (Line line : lines) {
      text.append(format("| %s | %s | %s | %s |%n", line.work, line.figure, line.ratio, line.goal));
    }
    return text.toString();
  }

  /** Prints the table; {@code --json F} among the arguments has figures and goals written there. */
  void tell(String[] arguments) throws IOException {
    System.out.println(table());
    String file = option(arguments, "--json");
    if (!file.isEmpty()) {
      figures.put("goals", goals);
      new ObjectMapper()
          .writerWithDefaultPrettyPrinter()
          .writeValue(Files.newOutputStream(Path.of(file)), figures);
    }
  }

  /** What follows that word among the arguments, or nothing. */
  static String option(String[] arguments, String word) {
    int at = List.of(arguments).indexOf(word);
    return at < 0 ? "" : arguments[at + 1];
  }
}
