package io.jenkins.mlops.data.parquet;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.List;

/** Reads a file's schema, a tree that is stored in depth-first order, into its leaves. */
final class SchemaReader {
    private static final int REQUIRED = 0;
    private static final int REPEATED = 2;
    private static final long MILLIS = 1000;
    private static final long MICROS = 1_000_000;
    private static final long NANOS = 1_000_000_000;

    private final List<Element> elements = new ArrayList<>();
    private final List<Leaf> leaves = new ArrayList<>();
    private int next;

    private SchemaReader() {}

    /** One node of the tree, as stored. */
    private static final class Element {
        private int type = -1;
        private int width;
        private int repetition;
        private String name = "";
        private int children;
        private int converted = -1;
        private int scale;
        private Meaning meaning;
        private long ticks = MICROS;
        private boolean utc = true;
    }

    /** Reads the schema; leaves come in the order in which row groups have their columns. */
    static List<Leaf> read(ThriftReader in, int maxColumns) throws DamagedException {
        SchemaReader reader = new SchemaReader();
        int n = in.list();
        if (n > 4L * maxColumns + 1) {
            throw new DamagedException("its schema has " + n + " elements (limit maxColumns " + maxColumns + ")");
        }
        for (; n > 0; n--) {
            reader.elements.add(element(in));
        }
        if (reader.elements.isEmpty()) {
            throw new DamagedException("its schema is empty");
        }
        Element root = reader.elements.get(0);
        reader.next = 1;
        for (int i = 0; i < root.children; i++) {
            reader.node("", 0, null, 0);
        }
        if (reader.leaves.size() > maxColumns) {
            throw new DamagedException(
                    "it has " + reader.leaves.size() + " columns (limit maxColumns " + maxColumns + ")");
        }
        return reader.leaves;
    }

    private void node(String prefix, int definition, @CheckForNull String unreadable, int depth)
            throws DamagedException {
        if (next >= elements.size() || depth > 100) {
            throw new DamagedException("its schema is cut off or nested too deeply");
        }
        Element element = elements.get(next++);
        int level = definition + (element.repetition == REQUIRED ? 0 : 1);
        String name = prefix + element.name;
        String why = unreadable;
        if (why == null && element.repetition == REPEATED) {
            why = "it is nested: " + name + " is a list or a map";
        }
        if (element.type < 0) {
            for (int i = 0; i < element.children; i++) {
                node(name + ".", level, why, depth + 1);
            }
            return;
        }
        if (element.type >= PhysicalType.values().length) {
            throw new DamagedException("column " + name + " has the unknown type " + element.type);
        }
        PhysicalType type = PhysicalType.values()[element.type];
        Meaning meaning = meaning(element, type);
        if (why == null && meaning == Meaning.OTHER) {
            why = "its type (" + type + (element.converted >= 0 ? ", converted type " + element.converted : "")
                    + ") is not supported";
        }
        leaves.add(new Leaf(name, type, meaning, element.width, element.scale, element.ticks, element.utc, level, why));
    }

    private static Meaning meaning(Element element, PhysicalType type) {
        Meaning meaning = element.meaning == null ? converted(element) : element.meaning;
        switch (type) {
            case BOOLEAN, FLOAT, DOUBLE:
                return Meaning.PLAIN;
            case INT96:
                return Meaning.TIMESTAMP;
            case INT32, INT64:
                return meaning == null || meaning == Meaning.TEXT ? Meaning.PLAIN : meaning;
            case BYTE_ARRAY:
                return meaning == null ? Meaning.TEXT : meaning == Meaning.DECIMAL ? meaning : textOnly(meaning);
            default:
                boolean half = meaning == Meaning.FLOAT16 && element.width == 2;
                boolean uuid = meaning == Meaning.UUID && element.width == 16;
                return half || uuid || meaning == Meaning.DECIMAL ? meaning : Meaning.OTHER;
        }
    }

    private static Meaning textOnly(Meaning meaning) {
        return meaning == Meaning.TEXT ? meaning : Meaning.OTHER;
    }

    /** The meaning by the older way of the format to say it. */
    @CheckForNull
    private static Meaning converted(Element element) {
        switch (element.converted) {
            case -1:
                return null;
            case 0, 4, 19:
                return Meaning.TEXT;
            case 5:
                return Meaning.DECIMAL;
            case 6:
                return Meaning.DATE;
            case 7, 9:
                element.ticks = MILLIS;
                return element.converted == 7 ? Meaning.TIME : Meaning.TIMESTAMP;
            case 8, 10:
                element.ticks = MICROS;
                return element.converted == 8 ? Meaning.TIME : Meaning.TIMESTAMP;
            case 11, 12, 13, 14:
                return Meaning.UNSIGNED;
            case 15, 16, 17, 18:
                return Meaning.PLAIN;
            default:
                return Meaning.OTHER;
        }
    }

    private static Element element(ThriftReader in) throws DamagedException {
        Element element = new Element();
        in.begin();
        for (int field = in.nextField(); field != 0; field = in.nextField()) {
            switch (field) {
                case 1:
                    element.type = in.int32();
                    break;
                case 2:
                    element.width = in.int32();
                    break;
                case 3:
                    element.repetition = in.int32();
                    break;
                case 4:
                    element.name = in.text();
                    break;
                case 5:
                    element.children = in.int32();
                    break;
                case 6:
                    element.converted = in.int32();
                    break;
                case 7:
                    element.scale = in.int32();
                    break;
                case 10:
                    logical(in, element);
                    break;
                default:
                    in.skip();
            }
        }
        if (element.width < 0 || element.children < 0) {
            throw new DamagedException("its schema has a negative size");
        }
        return element;
    }

    private static void logical(ThriftReader in, Element element) throws DamagedException {
        in.begin();
        for (int field = in.nextField(); field != 0; field = in.nextField()) {
            switch (field) {
                case 1, 4, 12:
                    element.meaning = Meaning.TEXT;
                    in.skip();
                    break;
                case 5:
                    element.meaning = Meaning.DECIMAL;
                    in.skip(); // scale and precision stand in the element itself as well
                    break;
                case 6:
                    element.meaning = Meaning.DATE;
                    in.skip();
                    break;
                case 7, 8:
                    element.meaning = field == 7 ? Meaning.TIME : Meaning.TIMESTAMP;
                    time(in, element);
                    break;
                case 10:
                    integer(in, element);
                    break;
                case 11:
                    element.meaning = Meaning.PLAIN; // all null
                    in.skip();
                    break;
                case 14:
                    element.meaning = Meaning.UUID;
                    in.skip();
                    break;
                case 15:
                    element.meaning = Meaning.FLOAT16;
                    in.skip();
                    break;
                default:
                    element.meaning = Meaning.OTHER;
                    in.skip();
            }
        }
    }

    private static void time(ThriftReader in, Element element) throws DamagedException {
        in.begin();
        for (int field = in.nextField(); field != 0; field = in.nextField()) {
            if (field == 1) {
                element.utc = in.bool();
            } else if (field == 2) {
                in.begin();
                for (int unit = in.nextField(); unit != 0; unit = in.nextField()) {
                    element.ticks = unit == 1 ? MILLIS : unit == 2 ? MICROS : NANOS;
                    in.skip();
                }
            } else {
                in.skip();
            }
        }
    }

    private static void integer(ThriftReader in, Element element) throws DamagedException {
        element.meaning = Meaning.PLAIN;
        in.begin();
        for (int field = in.nextField(); field != 0; field = in.nextField()) {
            if (field == 2 && !in.bool()) {
                element.meaning = Meaning.UNSIGNED;
            } else if (field != 2) {
                in.skip();
            }
        }
    }
}
