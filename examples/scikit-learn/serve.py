"""Serves the exported classifier by the Open Inference Protocol (V2). Needs Python alone, no scikit-learn."""

import argparse
import json
import math
import os
import pathlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MAX_BODY = 8 * 1024 * 1024


class Model:
    """Softmax over linear scores of standardised features."""

    def __init__(self, folder):
        weights = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        self.signature = json.loads((folder / "signature.json").read_text(encoding="utf-8"))
        self.classes = weights["classes"]
        self.means, self.scales = weights["means"], weights["scales"]
        self.coefficients, self.intercepts = weights["coefficients"], weights["intercepts"]

    def probabilities(self, row):
        scaled = [(v - m) / s for v, m, s in zip(row, self.means, self.scales)]
        scores = [sum(c * v for c, v in zip(cs, scaled)) + i for cs, i in zip(self.coefficients, self.intercepts)]
        top = max(scores)
        powers = [math.exp(s - top) for s in scores]
        return [p / sum(powers) for p in powers]


def flatten(data):
    for value in data:
        if isinstance(value, list):
            yield from flatten(value)
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            yield float(value)
        else:
            raise ValueError(f"expected numbers, found {json.dumps(value)}")


def infer(model, name, request):
    width = len(model.means)
    try:
        shape, data = request["inputs"][0]["shape"], list(flatten(request["inputs"][0]["data"]))
    except (KeyError, IndexError, TypeError) as e:
        raise ValueError("expected inputs with shape and data") from e
    if len(shape) != 2 or shape[1] != width or len(data) != shape[0] * width:
        raise ValueError(f"expected one input of shape [n,{width}] with n*{width} values, found {shape}, {len(data)}")
    rows = [data[i : i + width] for i in range(0, len(data), width)]
    probabilities = [model.probabilities(row) for row in rows]
    best = [model.classes[p.index(max(p))] for p in probabilities]
    return {
        "model_name": name,
        "outputs": [
            {"name": "cultivar", "datatype": "BYTES", "shape": [len(rows)], "data": best},
            {
                "name": "probabilities",
                "datatype": "FP64",
                "shape": [len(rows), len(model.classes)],
                "data": [v for p in probabilities for v in p],
            },
        ],
    }


def handler(model, name):
    base = f"/v2/models/{name}"

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            answers = {
                "/v2": {"name": "scikit-learn-example", "version": "1.0.0", "extensions": []},
                "/v2/health/live": {"live": True},
                "/v2/health/ready": {"ready": True},
                base: {"name": name, "platform": "python", **model.signature},
                base + "/ready": {"name": name, "ready": True},
            }
            answer = answers.get(self.path)
            self.answer(200 if answer else 404, answer or {"error": f"no such path: {self.path}"})

        def do_POST(self):
            length = int(self.headers.get("Content-Length", 0))
            if self.path != base + "/infer":
                return self.answer(404, {"error": f"no such path: {self.path}"})
            if length > MAX_BODY:
                return self.answer(413, {"error": f"the request is longer than {MAX_BODY} bytes"})
            try:
                return self.answer(200, infer(model, name, json.loads(self.rfile.read(length))))
            except ValueError as e:
                return self.answer(400, {"error": str(e)})

        def answer(self, status, value):
            body = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=pathlib.Path, required=True)
    parser.add_argument("--name", default="wine")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8080")))
    options = parser.parse_args()
    host = os.environ.get("MLOPS_HOST", "127.0.0.1")
    server = ThreadingHTTPServer((host, options.port), handler(Model(options.model), options.name))
    print(f"serving {options.name} on port {server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
