"""Tests of the example: python3 -m unittest"""

import csv
import json
import pathlib
import subprocess
import sys
import tempfile
import threading
import unittest
import urllib.error
import urllib.request
from http.server import ThreadingHTTPServer

import serve

try:
    import sklearn  # noqa: F401
except ImportError:
    sklearn = None

HERE = pathlib.Path(__file__).parent


@unittest.skipIf(sklearn is None, "scikit-learn is not installed")
class ExampleTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.out = pathlib.Path(cls.folder.name)
        subprocess.run(
            [sys.executable, "train.py", "--out", str(cls.out)], cwd=HERE, check=True, stdout=subprocess.DEVNULL
        )
        cls.model = serve.Model(cls.out / "model")
        cls.server = ThreadingHTTPServer(("127.0.0.1", 0), serve.handler(cls.model, "wine"))
        cls.server.RequestHandlerClass.log_message = lambda *args: None
        cls.url = f"http://127.0.0.1:{cls.server.server_port}/v2"
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.server.server_close()
        cls.folder.cleanup()

    def post(self, value):
        request = urllib.request.Request(self.url + "/models/wine/infer", data=json.dumps(value).encode())
        with urllib.request.urlopen(request) as response:
            return json.load(response)

    def test_learner_is_good_on_rows_it_has_not_seen(self):
        metrics = json.loads((self.out / "metrics.json").read_text())
        self.assertGreater(metrics["test"]["accuracy"], 0.9)

    def test_exported_model_predicts_as_the_trained_one(self):
        with open(HERE / "data/wine.csv", newline="") as file:
            features = {row["id"]: [float(v) for v in list(row.values())[2:]] for row in csv.DictReader(file)}
        with open(self.out / "predictions.csv", newline="") as file:
            predictions = list(csv.DictReader(file))
        self.assertEqual(72, len(predictions))
        rows = [features[p["id"]] for p in predictions]
        answer = self.post(
            {"inputs": [{"name": "features", "shape": [len(rows), 13], "datatype": "FP64", "data": rows}]}
        )
        self.assertEqual([p["prediction"] for p in predictions], answer["outputs"][0]["data"])
        expected = [float(p["score_" + c]) for p in predictions for c in "ABC"]
        for want, found in zip(expected, answer["outputs"][1]["data"]):
            self.assertAlmostEqual(want, found, places=9)

    def test_wrong_shape_is_refused_in_words(self):
        with self.assertRaises(urllib.error.HTTPError) as refused:
            self.post({"inputs": [{"name": "features", "shape": [1, 2], "datatype": "FP64", "data": [1, 2]}]})
        self.assertEqual(400, refused.exception.code)
        self.assertIn("expected one input of shape [n,13]", refused.exception.read().decode())

    def test_ready(self):
        for path in ["", "/health/live", "/health/ready", "/models/wine", "/models/wine/ready"]:
            with urllib.request.urlopen(self.url + path) as response:
                self.assertEqual(200, response.status)


if __name__ == "__main__":
    unittest.main()
