package example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Rows of the data set: ids, features, and whether the finding is malignant. */
record Dataset(List<String> features, List<String> ids, double[][] rows, boolean[] malignant) {
    private static final String LABEL = "diagnosis";

    /** Reads {@code id,diagnosis,feature...} with a header. */
    static Dataset read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<String> header = List.of(lines.get(0).split(","));
        if (header.size() < 3 || !header.get(0).equals("id") || !header.get(1).equals(LABEL)) {
            throw new IOException("expected the columns id," + LABEL + ",... in " + file + ", found: " + lines.get(0));
        }
        int size = lines.size() - 1;
        List<String> ids = new ArrayList<>(size);
        double[][] rows = new double[size][];
        boolean[] malignant = new boolean[size];
        for (int i = 0; i < size; i++) {
            String[] cells = lines.get(i + 1).split(",");
            if (cells.length != header.size()) {
                throw new IOException("expected " + header.size() + " columns in line " + (i + 2) + " of " + file
                        + ", found " + cells.length);
            }
            ids.add(cells[0]);
            malignant[i] = cells[1].equals("malignant");
            rows[i] = Arrays.stream(cells, 2, cells.length)
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        }
        return new Dataset(header.subList(2, header.size()), ids, rows, malignant);
    }

    int size() {
        return rows.length;
    }

    Dataset select(List<Integer> indices) {
        double[][] chosen = new double[indices.size()][];
        boolean[] labels = new boolean[indices.size()];
        List<String> names = new ArrayList<>(indices.size());
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = rows[indices.get(i)];
            labels[i] = malignant[indices.get(i)];
            names.add(ids.get(indices.get(i)));
        }
        return new Dataset(features, names, chosen, labels);
    }

    /** Splits into parts of about equal size, each with the same share of malignant rows; the seed decides which. */
    List<List<Integer>> folds(int count, long seed) {
        List<List<Integer>> folds = new ArrayList<>();
        IntStream.range(0, count).forEach(i -> folds.add(new ArrayList<>()));
        Random random = new Random(seed);
        int next = 0;
        for (boolean label : new boolean[] {true, false}) {
            List<Integer> members = new ArrayList<>(IntStream.range(0, size())
                    .filter(i -> malignant[i] == label)
                    .boxed()
                    .toList());
            Collections.shuffle(members, random);
            for (int index : members) {
                folds.get(next++ % count).add(index);
            }
        }
        folds.forEach(Collections::sort);
        return folds;
    }

    /** Splits into a part to train on and a part that the training never sees. */
    Split split(int testParts, int parts, long seed) {
        List<List<Integer>> folds = folds(parts, seed);
        List<Integer> test = new ArrayList<>();
        List<Integer> train = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            (i < testParts ? test : train).addAll(folds.get(i));
        }
        Collections.sort(test);
        Collections.sort(train);
        return new Split(select(train), select(test));
    }

    /** The two parts of a split. */
    record Split(Dataset train, Dataset test) {}
}
