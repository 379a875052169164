package example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegressionTest {
    private static final Path DATA = Path.of("data/diabetes.csv");

    @TempDir
    private Path folder;

    @Test
    void learnsWhatThereIsToLearnAndNoMore() throws IOException {
        for (long seed : new long[] {1, 7, 42}) {
            double r2 = Train.run(DATA, folder.resolve("out"), seed);
            assertTrue(r2 > 0.3 && r2 < 0.7, "R2 " + r2 + " with seed " + seed);
        }
        assertEquals(
                1 + 442 / 3,
                Files.readAllLines(folder.resolve("out/predictions.csv")).size());
    }

    @Test
    void trainingIsRepeatable() throws IOException {
        Train.run(DATA, folder.resolve("a"), 7);
        Train.run(DATA, folder.resolve("b"), 7);
        for (String file : List.of("model/model.json", "predictions.csv", "metrics.json")) {
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve("a").resolve(file)),
                    Files.readAllBytes(folder.resolve("b").resolve(file)),
                    file);
        }
    }

    @Test
    void findsALineThroughPointsOnALine() {
        List<double[]> rows =
                List.of(new double[] {0, 1}, new double[] {1, 0}, new double[] {2, 1}, new double[] {3, 0});
        Progression line = Progression.fit(rows, List.of(1.0, 3.0, 5.0, 7.0), 1_000);
        assertEquals(9, line.predict(new double[] {4, 1}), 0.3);
    }
}
