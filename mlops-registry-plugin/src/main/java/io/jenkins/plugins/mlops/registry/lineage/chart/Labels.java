package io.jenkins.plugins.mlops.registry.lineage.chart;

/** Cuts labels to the room that a drawing has, because SVG text neither wraps nor clips. */
public final class Labels {
    /** Width of an average character in units of the font's size; wide scripts and emoji take two. */
    private static final double AVERAGE = 0.56;

    private Labels() {}

    /** The text's estimated width at a font size, in the font's unit. */
    static double width(String text, double fontSize) {
        return text.codePoints().mapToDouble(Labels::columns).sum() * AVERAGE * fontSize;
    }

    /** The text on one line, cut with an ellipsis so that it takes at most {@code room}. */
    public static String fit(String text, double room, double fontSize) {
        String line = text.strip().replaceAll("[\\p{Cntrl}\\s]+", " ");
        if (width(line, fontSize) <= room) {
            return line;
        }
        StringBuilder cut = new StringBuilder();
        double left = room - width("\u2026", fontSize);
        int[] points = line.codePoints().toArray();
        for (int point : points) {
            left -= columns(point) * AVERAGE * fontSize;
            if (left < 0) {
                break;
            }
            cut.appendCodePoint(point);
        }
        return cut.toString().stripTrailing() + "\u2026";
    }

    private static double columns(int point) {
        if (Character.getType(point) == Character.NON_SPACING_MARK) {
            return 0;
        }
        boolean wide = point >= 0x1100 && (point <= 0x115f || point >= 0x2e80 && point <= 0xd7a3)
                || point >= 0xf900 && point <= 0xfaff
                || point >= 0xff00 && point <= 0xff60
                || point >= 0x1f000;
        return wide ? 2 : 1;
    }
}
