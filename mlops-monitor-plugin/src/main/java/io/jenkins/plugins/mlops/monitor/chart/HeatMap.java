package io.jenkins.plugins.mlops.monitor.chart;

import io.jenkins.plugins.mlops.registry.lineage.chart.Labels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Drift of columns over windows: a row for each column, a cell for each window, darker the further it is off. */
public final class HeatMap {
    private static final int CELL = 16;
    private static final int NAMES = 150;
    private static final int TOP = 4;
    private static final double FONT = 11;

    private final String description;
    private final List<Row> rows;
    private final int windows;

    /**
     * @param description the map in words
     * @param rows the columns, each with the same number of cells, the oldest window first
     */
    public HeatMap(String description, List<Row> rows) {
        this.description = description;
        this.rows = Collections.unmodifiableList(new ArrayList<>(rows));
        this.windows = rows.isEmpty() ? 0 : rows.get(0).cells.size();
    }

    public String getDescription() {
        return description;
    }

    public List<Row> getRows() {
        return rows;
    }

    public int getWidth() {
        return NAMES + windows * CELL + 4;
    }

    public int getHeight() {
        return TOP + rows.size() * CELL + 4;
    }

    public String getViewBox() {
        return "0 0 " + getWidth() + " " + getHeight();
    }

    /** Makes the row of a column. */
    public static Row row(int index, String column, List<Cell> cells) {
        return new Row(index, column, cells);
    }

    /**
     * Makes a cell.
     *
     * @param index the window's place, from 0
     * @param heat from 0 for none to 4; -1 where the column was not compared
     * @param drifted whether it is beyond its threshold, which a mark shows, too
     * @param text what a pointer over it reads
     */
    public static Cell cell(int index, int heat, boolean drifted, String text) {
        return new Cell(index, heat, drifted, text);
    }

    /** A column. */
    public static final class Row {
        private final int y;
        private final String column;
        private final List<Cell> cells;

        private Row(int index, String column, List<Cell> cells) {
            this.y = TOP + index * CELL;
            this.column = column;
            this.cells = Collections.unmodifiableList(new ArrayList<>(cells));
        }

        public int getY() {
            return y;
        }

        public int getTextY() {
            return y + CELL - 4;
        }

        public int getTextX() {
            return NAMES - 6;
        }

        public int getMarkY() {
            return y + CELL / 2;
        }

        public String getColumn() {
            return column;
        }

        /** The name cut to its room. */
        public String getLabel() {
            return Labels.fit(column, NAMES - 10, FONT);
        }

        public List<Cell> getCells() {
            return cells;
        }
    }

    /** A column in a window. */
    public static final class Cell {
        private final int x;
        private final int heat;
        private final boolean drifted;
        private final String text;

        private Cell(int index, int heat, boolean drifted, String text) {
            this.x = NAMES + index * CELL;
            this.heat = heat;
            this.drifted = drifted;
            this.text = text;
        }

        public int getX() {
            return x;
        }

        public int getMarkX() {
            return x + (CELL - 2) / 2;
        }

        public int getSide() {
            return CELL - 2;
        }

        /** The last part of the CSS class. */
        public String getStyle() {
            return heat < 0 ? "none" : String.valueOf(heat);
        }

        public boolean isDrifted() {
            return drifted;
        }

        public String getText() {
            return text;
        }
    }
}
