package io.jenkins.plugins.mlops.registry.lineage.chart;

import io.jenkins.mlops.evaluation.ConfusionMatrix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A confusion matrix as a grid: rows are the truth, columns the prediction, shades the share of the row. */
public final class ConfusionChart {
    private static final double FONT = 11;
    private static final int MOST_LABELS = 60;

    private final String description;
    private final double left;
    private final double top;
    private final double side;
    private final double width;
    private final double height;
    private final List<Label> rows = new ArrayList<>();
    private final List<Label> columns = new ArrayList<>();
    private final List<Cell> cells = new ArrayList<>();

    public ConfusionChart(ConfusionMatrix matrix, String description) {
        this.description = description;
        List<String> labels = matrix.labels();
        int size = labels.size();
        side = size <= 3 ? 88 : size <= 10 ? 48 : size <= 20 ? 26 : Math.max(4, 520.0 / size);
        double widest = labels.stream()
                .mapToDouble(label -> Labels.width(label, FONT))
                .max()
                .orElse(0);
        boolean named = size <= MOST_LABELS;
        boolean upright = named && (size > 3 || widest > side - 6);
        double room = named ? Math.min(120, widest + 4) : 0;
        left = 22 + room + 6;
        top = 20 + (upright ? room * 0.75 + 10 : named ? 18 : 4);
        for (int i = 0; i < size; i++) {
            double middle = (i + 0.5) * side;
            if (named) {
                String text = Labels.fit(labels.get(i), 120, FONT);
                rows.add(new Label(left - 6, top + middle + 4, text, labels.get(i), ""));
                columns.add(
                        upright
                                ? new Label(0, 0, text, labels.get(i), rotated(left + middle, top - 6))
                                : new Label(left + middle, top - 7, text, labels.get(i), ""));
            }
            addRow(matrix, i);
        }
        width = left + size * side + (upright ? Math.max(14, room * 0.6 - side / 2) : 14);
        height = top + size * side + 6;
    }

    private static String rotated(double x, double y) {
        return "translate(" + NumberText.coordinate(x) + " " + NumberText.coordinate(y) + ") rotate(-48)";
    }

    private void addRow(ConfusionMatrix matrix, int truth) {
        List<String> labels = matrix.labels();
        double total = 0;
        for (int prediction = 0; prediction < labels.size(); prediction++) {
            total += matrix.count(truth, prediction);
        }
        for (int prediction = 0; prediction < labels.size(); prediction++) {
            double count = matrix.count(truth, prediction);
            cells.add(new Cell(
                    left + prediction * side,
                    top + truth * side,
                    side,
                    count,
                    total == 0 ? 0 : count / total,
                    truth == prediction,
                    labels.get(truth),
                    labels.get(prediction)));
        }
    }

    public String getDescription() {
        return description;
    }

    public String getViewBox() {
        return "0 0 " + getWidth() + " " + getHeight();
    }

    public String getWidth() {
        return NumberText.coordinate(width);
    }

    public String getHeight() {
        return NumberText.coordinate(height);
    }

    public String getSide() {
        return NumberText.coordinate(side - 1);
    }

    /** Whether it needs a line of its own beside other figures. */
    public boolean isLarge() {
        return width > 400;
    }

    /** Where the columns' title stands. */
    public String getMiddleX() {
        return NumberText.coordinate((left + width - 14) / 2);
    }

    /** Turns the rows' title upright. */
    public String getRowsTransform() {
        return "translate(12 " + NumberText.coordinate((top + height - 6) / 2) + ") rotate(-90)";
    }

    public List<Label> getRows() {
        return Collections.unmodifiableList(rows);
    }

    public List<Label> getColumns() {
        return Collections.unmodifiableList(columns);
    }

    public List<Cell> getCells() {
        return Collections.unmodifiableList(cells);
    }

    /** A class's name beside the grid. */
    public static final class Label {
        private final double x;
        private final double y;
        private final String text;
        private final String full;
        private final String transform;

        Label(double x, double y, String text, String full, String transform) {
            this.x = x;
            this.y = y;
            this.text = text;
            this.full = full;
            this.transform = transform;
        }

        public String getX() {
            return NumberText.coordinate(x);
        }

        public String getY() {
            return NumberText.coordinate(y);
        }

        public String getText() {
            return text;
        }

        /** The name uncut. */
        public String getFull() {
            return full;
        }

        public String getTransform() {
            return transform;
        }

        public boolean isTurned() {
            return !transform.isEmpty();
        }
    }

    /** How often one class was predicted as one. */
    public static final class Cell {
        private final double x;
        private final double y;
        private final double side;
        private final double count;
        private final double share;
        private final boolean right;
        private final String truth;
        private final String prediction;

        Cell(
                double x,
                double y,
                double side,
                double count,
                double share,
                boolean right,
                String truth,
                String prediction) {
            this.x = x;
            this.y = y;
            this.side = side;
            this.count = count;
            this.share = share;
            this.right = right;
            this.truth = truth;
            this.prediction = prediction;
        }

        public String getX() {
            return NumberText.coordinate(x);
        }

        public String getY() {
            return NumberText.coordinate(y);
        }

        public String getMiddleX() {
            return NumberText.coordinate(x + (side - 1) / 2);
        }

        public String getCountY() {
            return NumberText.coordinate(y + (side - 1) / 2 + (isShared() ? -1 : 4));
        }

        public String getShareY() {
            return NumberText.coordinate(y + (side - 1) / 2 + 14);
        }

        /** How dark: the share of the row, with something left for the eye when there is any. */
        public String getOpacity() {
            return String.format(Locale.ROOT, "%.2f", count == 0 ? 0.04 : 0.1 + 0.75 * share);
        }

        /** The CSS class of the square: right and wrong differ in colour. */
        public String getStyle() {
            return right ? "mlops-cell--right" : "mlops-cell--wrong";
        }

        /** The CSS class of the figures, which have to be read on their shade. */
        public String getTextStyle() {
            return share > 0.55 ? "mlops-cell__text mlops-cell__text--dark" : "mlops-cell__text";
        }

        /** Whether there is room for the count. */
        public boolean isCounted() {
            return side >= 24;
        }

        /** Whether there is room for the share too. */
        public boolean isShared() {
            return side >= 44;
        }

        public String getCount() {
            if (side < 44 && count >= 1000) {
                return String.format(Locale.ENGLISH, count < 9_950 ? "%.1fk" : "%.0fk", count / 1000);
            }
            return NumberText.general(count);
        }

        public String getShare() {
            return NumberText.percent(share);
        }

        /** What a pointer over it reads. */
        public String getText() {
            return truth + " \u2192 " + prediction + ": " + NumberText.general(count) + " (" + getShare() + ")";
        }
    }
}
