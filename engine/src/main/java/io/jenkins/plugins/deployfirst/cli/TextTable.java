package io.jenkins.plugins.deployfirst.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Aligns rows of text in columns, two spaces apart. */
final class TextTable {
    private static final int WIDEST = 100;

    private final List<List<String>> rows = new ArrayList<>();

    void row(String... cells) {
        rows.add(Arrays.stream(cells)
                .map(cell -> Printable.shortened(cell, WIDEST))
                .toList());
    }

    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String cell = row.get(column);
                line.append(cell).append(" ".repeat(width(column) - cell.length() + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
        return String.join(System.lineSeparator(), lines);
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> row.size() > column)
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
    }
}
