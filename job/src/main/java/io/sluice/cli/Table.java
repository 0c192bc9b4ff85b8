package io.sluice.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows of text under headings, each column as wide as it must be. */
final class Table {
  private final List<String[]> rows = new ArrayList<>();

  /** @param headings one that begins with {@code >} stands over a column that is set flush right */
  Table(String... headings) {
    rows.add(headings);
  }

  Table row(Object... cells) {
    String[] row = new String[cells.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = String.valueOf(cells[i]);
    }
    rows.add(row);
    return this;
  }

  void print(PrintWriter out) {
    String[] headings = rows.get(0);
    int[] widths = new int[headings.length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], text(row, i).length());
      }
    }
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.length; i++) {
        String padding = " ".repeat(widths[i] - text(row, i).length());
        boolean right = headings[i].startsWith(">");
        line.append(right ? padding + text(row, i) : text(row, i) + padding).append("  ");
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private String text(String[] row, int column) {
    return row == rows.get(0) && row[column].startsWith(">")
        ? row[column].substring(1)
        : row[column];
  }
}
