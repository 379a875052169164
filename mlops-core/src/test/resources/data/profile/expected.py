#!/usr/bin/python3
"""Writes customers.csv and, with pandas, what its profile must say. Run: /usr/bin/python3 expected.py"""
import csv
import random

import pandas

random.seed(20)
with open("customers.csv", "w", newline="") as out:
    rows = csv.writer(out)
    rows.writerow(["id", "age", "income", "city", "active", "empty", "mixed"])
    for i in range(700):
        rows.writerow(
            [
                i,
                "" if random.random() < 0.1 else random.randint(18, 90),
                "NA" if random.random() < 0.05 else round(random.lognormvariate(10, 1), 2),
                random.choice(["Oslo", "Köln", "San José", "Oslo", "Oslo"]),
                random.choice(["true", "false"]),
                "",
                random.choice(["1", "x", "2.5"]),
            ]
        )
frame = pandas.read_csv("customers.csv", dtype={"mixed": str})
levels = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99]
with open("expected.csv", "w") as out:
    print("column,nulls,distinct,min,max,mean,std," + ",".join("q" + str(q) for q in levels), file=out)
    for name in ["id", "age", "income"]:
        c = frame[name]
        figures = [c.isna().sum(), c.nunique(), c.min(), c.max(), c.mean(), c.std()] + list(c.quantile(levels))
        print(name + "," + ",".join(repr(float(f)) for f in figures), file=out)
    for name in ["city", "active", "mixed"]:
        counts = frame[name].astype(str).value_counts()
        print(name, dict(counts))  # for the test itself
