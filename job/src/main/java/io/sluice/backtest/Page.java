package io.sluice.backtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A page that needs nothing but itself: its frame, style, scripts and what they draw, in one file. */
record Page(String frame, List<String> scripts) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Writes it with that run to be drawn. */
  void write(Path file, ObjectNode run) throws IOException {
    StringBuilder script = new StringBuilder();
    for (String name : scripts) {
      script.append(resource(name));
    }
    String page =
        resource(frame)
            .replace("/* style */", resource("report.css"))
            .replace("/* script */", script)
            // no text of a file can end the element that it stands in
            .replace("\"data\"", JSON.writeValueAsString(run).replace("<", "\\u003c"));
    Files.writeString(file, page);
  }

  private static String resource(String name) throws IOException {
    try (InputStream resource = Page.class.getResourceAsStream(name)) {
      return new String(resource.readAllBytes(), UTF_8);
    }
  }

  /** Five digits are more than a picture shows; what is no number is null. */
  static void number(ArrayNode row, double number) {
    if (Double.isFinite(number)) {
      row.add(Float.parseFloat(String.format(Locale.ROOT, "%.5g", number)));
    } else {
      row.addNull();
    }
  }
}
