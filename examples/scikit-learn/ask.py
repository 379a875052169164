"""Asks a served classifier for one prediction, as a client of the endpoint would."""

import argparse
import json
import pathlib
import urllib.request


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", required=True)
    parser.add_argument("--name", default="wine")
    parser.add_argument("--row", type=pathlib.Path, default="data/one.json")
    options = parser.parse_args()
    request = urllib.request.Request(
        f"{options.url}/v2/models/{options.name}/infer",
        data=options.row.read_bytes(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as response:
        outputs = {output["name"]: output["data"] for output in json.load(response)["outputs"]}
    print(f"the endpoint answers: cultivar {outputs['cultivar'][0]} ({max(outputs['probabilities']):.4f})")


if __name__ == "__main__":
    main()
