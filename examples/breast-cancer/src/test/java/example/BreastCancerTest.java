package example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BreastCancerTest {
    private static final Path DATA = Path.of("data/wdbc.csv");

    @TempDir
    private Path folder;

    @Test
    void dataAreWhatTheAttributionSays() throws IOException {
        Dataset data = Dataset.read(DATA);
        int malignant = 0;
        for (boolean label : data.malignant()) {
            malignant += label ? 1 : 0;
        }
        assertEquals(569, data.size());
        assertEquals(30, data.features().size());
        assertEquals(212, malignant);
    }

    @Test
    void splitIsTheSameForTheSameSeedAndSharesNoRow() throws IOException {
        Dataset data = Dataset.read(DATA);
        Dataset.Split split = data.split(2, 5, 7);
        assertEquals(split.test().ids(), data.split(2, 5, 7).test().ids());
        assertTrue(split.test().ids().stream().noneMatch(split.train().ids()::contains));
        assertEquals(569, split.test().size() + split.train().size());
    }

    @Test
    void learnerIsGoodOnRowsItHasNotSeen() throws IOException {
        for (long seed : new long[] {1, 7, 42}) {
            Dataset.Split split = Dataset.read(DATA).split(2, 5, seed);
            Classifier classifier = Classifier.fit(split.train(), 1.0, false);
            double[] scores = new double[split.test().size()];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = classifier.score(split.test().rows()[i]);
            }
            double auc = Metrics.rocAuc(split.test().malignant(), scores);
            assertTrue(auc >= 0.98, "ROC AUC " + auc + " with seed " + seed);
        }
    }

    @Test
    void rocAucCountsTiesHalf() {
        boolean[] labels = {true, false, true, false};
        assertEquals(0.875, Metrics.rocAuc(labels, new double[] {0.9, 0.1, 0.5, 0.5}), 1e-12);
        assertEquals(0.5, Metrics.rocAuc(labels, new double[] {1, 1, 1, 1}), 1e-12);
    }

    @Test
    void trainingIsRepeatable() throws IOException {
        train("a");
        train("b");
        for (String file : List.of("model/model.json", "model/signature.json", "predictions.csv", "metrics.json")) {
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve("a").resolve(file)),
                    Files.readAllBytes(folder.resolve("b").resolve(file)),
                    file);
        }
    }

    @Test
    void servedModelAnswersAsTheTrainedOne() throws Exception {
        train("out");
        Path model = folder.resolve("out/model");
        Classifier classifier = Classifier.read(model.resolve("model.json"));
        try (Serve serve = new Serve("breast-cancer", model, "127.0.0.1", 0)) {
            String url = "http://127.0.0.1:" + serve.port();
            JsonNode row = new ObjectMapper().readTree(Path.of("data/one.json").toFile());
            double[] features = new double[30];
            for (int i = 0; i < 30; i++) {
                features[i] = row.at("/inputs/0/data/" + i).asDouble();
            }
            assertEquals(classifier.score(features), Ask.ask(url, "breast-cancer", Path.of("data/one.json")), 1e-12);
            assertEquals(200, status(url + "/v2/health/ready"));
            assertEquals(200, status(url + "/v2/models/breast-cancer/ready"));
            assertEquals(200, status(url + "/v2/models/breast-cancer"));
            assertEquals(404, status(url + "/v2/models/other/ready"));
            Path wrong = Files.writeString(
                    folder.resolve("wrong.json"),
                    "{\"inputs\":[{\"name\":\"features\",\"shape\":[1,2],\"datatype\":\"FP64\",\"data\":[1,2]}]}");
            IOException refused = assertThrows(IOException.class, () -> Ask.ask(url, "breast-cancer", wrong));
            assertTrue(refused.getMessage().contains("expected one input of shape [n,30]"), refused.getMessage());
        }
    }

    private void train(String name) throws IOException {
        Train.run(new Main.Options(
                "--data", DATA.toString(), "--out", folder.resolve(name).toString(), "--seed", "7"));
    }

    private static int status(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }
}
