#!/usr/bin/python3
"""Writes the predictions files of the evaluation tests and what scikit-learn, SciPy and NLTK make of them.

Debian 12: apt install python3-sklearn python3-nltk; then: /usr/bin/python3 generate.py (in this folder).
Made with scikit-learn 1.2.1, SciPy 1.10.1, NumPy 1.24.2, pandas 1.5.3, NLTK 3.8.

expected.csv has one line a value: case, name, value. Where those libraries have no function for a metric, the plain
definition is written out here, by pairs or by loops rather than by the sorting that the Java code uses.
"""
import math
import re
import string
import warnings

import numpy as np
import pandas as pd
from nltk.translate.bleu_score import corpus_bleu
from scipy import stats
from sklearn import metrics as m
from sklearn.calibration import calibration_curve

warnings.simplefilter("ignore")
OUT = []
LEVEL = 0.95
Z = stats.norm.ppf(0.5 + LEVEL / 2)


def put(case, **values):
    for name, value in values.items():
        OUT.append((case, name, repr(float(value))))


# ---- intervals -------------------------------------------------------------------------------------------------------

def wilson(successes, n):
    p = successes / n
    centre = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    return centre - half, centre + half


def interval(case, name, bounds):
    if bounds[0] == bounds[1]:
        bounds = math.nan, math.nan  # no variation in the sample: there is no interval to tell
    put(case, **{name + ".lower": bounds[0], name + ".upper": bounds[1]})


def student_width(level, df):
    """SciPy's quantile has eight digits; a few steps of Newton's method give the others."""
    t = stats.t.ppf(0.5 + level / 2, df)
    for _ in range(3):
        t += (stats.t.sf(t, df) - (0.5 - level / 2)) / stats.t.pdf(t, df)
    return t


def student(case, name, values, lowest=-math.inf, highest=math.inf):
    mean, half = np.mean(values), student_width(LEVEL, len(values) - 1) * stats.sem(values)
    interval(case, name, (max(lowest, mean - half), min(highest, mean + half)))


def placements(y, s):
    pos, neg = s[y == 1], s[y == 0]
    psi = (pos[:, None] > neg[None, :]) + 0.5 * (pos[:, None] == neg[None, :])
    return psi.mean(axis=1), psi.mean(axis=0)


def delong(case, y, s):
    v10, v01 = placements(y, s)
    se = math.sqrt(np.var(v10, ddof=1) / len(v10) + np.var(v01, ddof=1) / len(v01))
    interval(case, "roc_auc", (max(0, v10.mean() - Z * se), min(1, v10.mean() + Z * se)))


# ---- binary ----------------------------------------------------------------------------------------------------------

def ece(y, s, w=None, bins=10):
    w = np.ones(len(y)) if w is None else w
    ids = np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], s)
    return sum(abs((w * y)[ids == b].sum() - (w * s)[ids == b].sum()) for b in range(bins)) / w.sum()


def counts(case, y, p, w=None):
    kw = dict(sample_weight=w)
    put(case,
        accuracy=m.accuracy_score(y, p, **kw),
        balanced_accuracy=m.balanced_accuracy_score(y, p, **kw),
        precision=m.precision_score(y, p, **kw),
        recall=m.recall_score(y, p, **kw),
        specificity=m.recall_score(y, p, pos_label=0, **kw),
        f1=m.f1_score(y, p, **kw),
        f_beta=m.fbeta_score(y, p, beta=2, **kw),
        mcc=m.matthews_corrcoef(y, p, **kw),
        cohen_kappa=m.cohen_kappa_score(y, p, **kw),
        prevalence=np.average(y, weights=w))
    c = m.confusion_matrix(y, p, labels=[0, 1], **kw)
    put(case, tn=c[0, 0], fp=c[0, 1], fn=c[1, 0], tp=c[1, 1])


def scores(case, y, s, w=None):
    kw = dict(sample_weight=w)
    put(case,
        log_loss=m.log_loss(y, s, labels=[0, 1], **kw),
        brier=m.brier_score_loss(y, s, pos_label=1, **kw),
        ece=ece(y, s, w),
        average_precision=m.average_precision_score(y, s, **kw))
    if len(set(y)) == 2:
        fpr, tpr, thresholds = m.roc_curve(y, s, drop_intermediate=False, **kw)
        precision, recall, _ = m.precision_recall_curve(y, s, **kw)
        put(case,
            roc_auc=m.roc_auc_score(y, s, **kw),
            pr_auc=m.auc(recall, precision),
            ks=np.abs(tpr - fpr).max(),
            best_threshold=thresholds[np.argmax(tpr - fpr)] if (tpr > fpr).any() else math.nan)
        if w is None:
            put(case, ks=stats.ks_2samp(s[y == 1], s[y == 0]).statistic)


def binary(case, frame, w=None):
    y, s = frame.label.to_numpy(), frame.score.to_numpy()
    p = (s >= 0.5).astype(int)
    counts(case, y, p, w)
    scores(case, y, s, w)
    if w is None and len(set(y)) == 2:
        interval(case, "accuracy", wilson((y == p).sum(), len(y)))
        interval(case, "recall", wilson(((y == 1) & (p == 1)).sum(), (y == 1).sum()))
        interval(case, "specificity", wilson(((y == 0) & (p == 0)).sum(), (y == 0).sum()))
        interval(case, "precision", wilson(((y == 1) & (p == 1)).sum(), (p == 1).sum()))
        student(case, "brier", (s - y) ** 2, 0, 1)
        student(case, "log_loss", [-math.log(min(1 - 2**-52, max(2**-52, a if b else 1 - a))) for a, b in zip(s, y)], 0)
        delong(case, y, s)


rng = np.random.default_rng(20240229)
n = 400
y = (rng.random(n) < 0.35).astype(int)
raw = 1 / (1 + np.exp(-(rng.normal(size=n) + 1.6 * y - 0.8)))
frame = pd.DataFrame({
    "id": rng.permutation(n) + 1000,
    "label": y,
    "score": raw.round(2),  # many ties, some scores exactly 0.5 and on bin edges
    "pred": (raw > 0.4).astype(int),
    "weight": rng.integers(0, 5, n) / 2,
    "region": rng.choice(["north", "south", "east"], n, p=[0.5, 0.3, 0.2]),
})
frame.to_csv("binary.csv", index=False)
binary("binary", frame)
binary("binary-weighted", frame, frame.weight.to_numpy())
counts("binary-decisions", frame.label.to_numpy(), frame.pred.to_numpy())
for region, part in frame.groupby("region"):
    binary("binary-" + region, part)

# numpy's bootstrap of what has no formula, with many resamples: ours must come near.
draws = rng.integers(0, n, (4000, n))
yy, ss, pp = frame.label.to_numpy(), frame.score.to_numpy(), (frame.score >= 0.5).astype(int).to_numpy()
for name, metric in [
        ("f1", lambda d: m.f1_score(yy[d], pp[d])), ("mcc", lambda d: m.matthews_corrcoef(yy[d], pp[d])),
        ("average_precision", lambda d: m.average_precision_score(yy[d], ss[d])), ("ece", lambda d: ece(yy[d], ss[d]))]:
    interval("binary-bootstrap", name, np.quantile([metric(d) for d in draws], [0.025, 0.975]))

# The champion, on the same rows in another order.
champion = frame.sample(frac=1, random_state=5)[["id", "label", "score"]].copy()
champion["score"] = (champion.score * 0.7 + 0.3 * rng.random(n)).round(3)
champion.to_csv("binary-champion.csv", index=False)
c = champion.set_index("id").loc[frame.id]
a, b = frame.score.to_numpy(), c.score.to_numpy()
assert (c.label.to_numpy() == yy).all()


def mcnemar(case, name, first, second):
    only_first, only_second, rows = int((first & ~second).sum()), int((~first & second).sum()), len(first)
    k, d = min(only_first, only_second), only_first + only_second
    exact = stats.binomtest(k, d, 0.5).pvalue
    put(case, **{name + ".p": exact - stats.binom.pmf(k, d, 0.5) * (0.5 if only_first == only_second else 1)})
    p1, p2 = (only_first + 1) / (rows + 2), (only_second + 1) / (rows + 2)
    half = Z * math.sqrt((p1 + p2 - (p1 - p2) ** 2) / (rows + 2))
    interval(case, name, (p1 - p2 - half, p1 - p2 + half))
    put(case, **{name: first.mean() - second.mean()})


right_a, right_b = (a >= 0.5) == (yy == 1), (b >= 0.5) == (yy == 1)
mcnemar("binary-compared", "accuracy", right_a, right_b)
mcnemar("binary-compared", "recall", right_a[yy == 1], right_b[yy == 1])
va, vb = placements(yy, a), placements(yy, b)
se = math.sqrt(np.var(va[0] - vb[0], ddof=1) / (yy == 1).sum() + np.var(va[1] - vb[1], ddof=1) / (yy == 0).sum())
d = va[0].mean() - vb[0].mean()
put("binary-compared", roc_auc=d, **{"roc_auc.p": 2 * stats.norm.sf(abs(d / se))})
interval("binary-compared", "roc_auc", (d - Z * se, d + Z * se))
brier = (a - yy) ** 2 - (b - yy) ** 2
put("binary-compared", brier=brier.mean(), **{"brier.p": stats.ttest_1samp(brier, 0).pvalue})
student("binary-compared", "brier", brier)

for case, labels, values in [
        ("one-class", [0, 0, 0, 0, 0], [0.1, 0.2, 0.7, 0.2, 0.4]),
        ("one-class-positive", [1, 1, 1, 1], [0.1, 0.2, 0.7, 0.9]),
        ("perfect", [0, 0, 1, 1, 1], [0.0, 0.2, 0.7, 0.9, 1.0]),
        ("wrong", [1, 1, 0, 0, 0], [0.0, 0.2, 0.7, 0.9, 1.0]),
        ("constant-score", [0, 1, 0, 1, 1], [0.3] * 5),
        ("never-positive", [0, 1, 0, 1, 1], [0.1, 0.2, 0.3, 0.3, 0.4]),
        ("two-rows", [0, 1], [0.4, 0.6])]:
    small = pd.DataFrame({"label": labels, "score": values})
    small.to_csv(case + ".csv", index=False)
    binary(case, small)

# ---- multiclass ------------------------------------------------------------------------------------------------------

n, names = 300, np.array(["ant", "bee", "cat", "dog"])
truth = rng.choice(4, n, p=[0.4, 0.3, 0.2, 0.1])
logits = rng.normal(size=(n, 4)) + 1.3 * np.eye(4)[truth]
proba = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
frame = pd.DataFrame(proba, columns=["p_" + name for name in names])
frame.insert(0, "label", names[truth])
frame["pred"] = names[(proba + [0, 0, 0.1, 0]).argmax(axis=1)]
frame["weight"] = rng.integers(1, 4, n)
frame.to_csv("multiclass.csv", index=False)


def multiclass(case, y, p, s=None, w=None):
    kw = dict(sample_weight=w)
    put(case, accuracy=m.accuracy_score(y, p, **kw), balanced_accuracy=m.balanced_accuracy_score(y, p, **kw),
        mcc=m.matthews_corrcoef(y, p, **kw), cohen_kappa=m.cohen_kappa_score(y, p, **kw))
    for average in ["macro", "micro", "weighted"]:
        put(case, **{
            "precision_" + average: m.precision_score(y, p, average=average, **kw),
            "recall_" + average: m.recall_score(y, p, average=average, **kw),
            "f1_" + average: m.f1_score(y, p, average=average, **kw),
            "f_beta_" + average: m.fbeta_score(y, p, beta=2, average=average, **kw)})
    if s is not None:
        one = (y[:, None] == names[None, :]).astype(int)
        put(case, log_loss=m.log_loss(y, s, labels=names, **kw))
        for k in [2, 3]:
            put(case, **{"top_%d_accuracy" % k: m.top_k_accuracy_score(y, s, k=k, labels=names, **kw)})
        for average in ["macro", "weighted"]:
            put(case, **{
                "roc_auc_" + average: m.roc_auc_score(y, s, multi_class="ovr", average=average, labels=names, **kw),
                "average_precision_" + average: m.average_precision_score(one, s, average=average, **kw)})


multiclass("multiclass", names[truth], names[proba.argmax(axis=1)], proba)
multiclass("multiclass-weighted", names[truth], names[proba.argmax(axis=1)], proba, frame.weight.to_numpy())
multiclass("multiclass-decisions", frame.label.to_numpy(), frame.pred.to_numpy())
# Classes that are only predicted or only true, numbers as names.
y, p = np.array([1, 1, 2, 2, 10, 10, 10]), np.array([1, 2, 2, 3, 10, 10, 1])
pd.DataFrame({"label": y, "pred": p}).to_csv("multiclass-unseen.csv", index=False)
multiclass("multiclass-unseen", y, p)

# ---- regression ------------------------------------------------------------------------------------------------------

n = 250
truth = rng.gamma(2, 10, n).round(3)
truth[:5] = 0
frame = pd.DataFrame({"label": truth, "pred": (truth + rng.normal(0, 3, n)).round(3),
                      "q10": (truth - 4 + rng.normal(0, 1, n)).round(3), "q90": (truth + 4 + rng.normal(0, 1, n)).round(3),
                      "weight": rng.integers(0, 4, n)})
frame.to_csv("regression.csv", index=False)


def smape(y, p, w=None):
    size = (np.abs(y) + np.abs(p)) / 2
    return np.average(np.divide(np.abs(p - y), size, out=np.zeros(len(y)), where=size != 0), weights=w)


def regression(case, y, p, w=None):
    kw = dict(sample_weight=w)
    put(case, mae=m.mean_absolute_error(y, p, **kw), mse=m.mean_squared_error(y, p, **kw),
        rmse=m.mean_squared_error(y, p, squared=False, **kw), r2=m.r2_score(y, p, **kw),
        explained_variance=m.explained_variance_score(y, p, **kw), median_ae=m.median_absolute_error(y, p, **kw),
        max_error=m.max_error(y, p), mape=m.mean_absolute_percentage_error(y, p, **kw), smape=smape(y, p, w),
        mean_error=np.average(p - y, weights=w), pinball=m.mean_pinball_loss(y, p, alpha=0.5, **kw))


y, p = frame.label.to_numpy(), frame.pred.to_numpy()
regression("regression", y, p)
student("regression", "mae", np.abs(y - p))
student("regression", "mse", (y - p) ** 2)
ordered = np.sort(np.abs(y - p))
low = int(stats.binom.ppf(0.025, n, 0.5)) - 1
assert stats.binom.cdf(low, n, 0.5) <= 0.025 < stats.binom.cdf(low + 1, n, 0.5)
interval("regression", "median_ae", (ordered[low], ordered[n - 1 - low]))
regression("regression-weighted", y, p, frame.weight.to_numpy())
put("regression-quantiles",
    **{"pinball_0.1": m.mean_pinball_loss(y, frame.q10, alpha=0.1), "pinball_0.9": m.mean_pinball_loss(y, frame.q90, alpha=0.9)})
put("regression-quantiles",
    pinball=(m.mean_pinball_loss(y, frame.q10, alpha=0.1) + m.mean_pinball_loss(y, frame.q90, alpha=0.9)) / 2)
for case, y, p in [("regression-constant", [3.0, 3.0, 3.0], [2.0, 3.0, 4.5]), ("regression-exact", [3.0, 3.0], [3.0, 3.0]),
                   ("regression-large", [1e9 + 1, 1e9 + 2, 1e9 + 3.5], [1e9 + 1.5, 1e9 + 2, 1e9 + 3])]:
    pd.DataFrame({"label": y, "pred": p}).to_csv(case + ".csv", index=False)
    regression(case, np.array(y), np.array(p))

# ---- ranking ---------------------------------------------------------------------------------------------------------

rows = []
for q in range(40):
    size = int(rng.integers(2, 15))
    relevance = rng.integers(0, 4, size) * (rng.random(size) < 0.5)
    score = (relevance + rng.normal(0, 1.5, size)).round(0 if q % 3 == 0 else 3)  # every third query has ties
    rows += [("q%d" % q, r, s) for r, s in zip(relevance, score)]
frame = pd.DataFrame(rows, columns=["query", "label", "score"]).sample(frac=1, random_state=3)
frame.to_csv("ranking.csv", index=False)
values = {name: [] for name in ["ndcg", "ndcg_at_1", "ndcg_at_3", "ndcg_at_10", "map", "mrr"]}
for _, part in frame.groupby("query"):
    r, s = part.label.to_numpy(), part.score.to_numpy()
    values["ndcg"].append(m.ndcg_score([r], [s]))
    for k in [1, 3, 10]:
        values["ndcg_at_%d" % k].append(m.ndcg_score([r], [s], k=k))
    values["map"].append(m.average_precision_score(r > 0, s) if (r > 0).any() else 0)
    values["mrr"].append(1 / min((s >= t).sum() for t in s[r > 0]) if (r > 0).any() else 0)
for name, per_query in values.items():
    put("ranking", **{name: np.mean(per_query)})
    student("ranking", name, per_query)

# ---- text ------------------------------------------------------------------------------------------------------------

pairs = [
    ("The cat sat on the mat.", "the cat sat on a mat"),
    ("An apple a day keeps the doctor away!", "One apple each day keeps doctors away."),
    ("It costs 1,234.50 dollars (about 3-4 times more).", "It costs 1,234.50 dollars, 3-4 times more."),
    ("Denver Broncos", "The Denver Broncos"),
    ("", ""),
    ("something", ""),
    ("Paris", "London"),
    ("the quick brown fox jumps over the lazy dog", "a quick brown dog jumps over the lazy fox"),
    ("to be or not to be that is the question", "to be or not to be: that is the question"),
]
pd.DataFrame(pairs, columns=["reference", "generated"]).to_csv("text.csv", index=False)


def squad(text):
    text = "".join(c for c in text.lower() if c not in set(string.punctuation))
    return re.sub(r"\b(a|an|the)\b", " ", text).split()


def token_f1(a, b):
    a, b = squad(a), squad(b)
    common = sum(min(a.count(t), b.count(t)) for t in set(a))
    if not a or not b:
        return float(a == b)
    return 0.0 if common == 0 else 2 * (common / len(b)) * (common / len(a)) / (common / len(b) + common / len(a))


def rouge_l(a, b):
    a, b = [re.findall("[a-z0-9]+", t.lower()) for t in (a, b)]
    table = np.zeros((len(a) + 1, len(b) + 1))
    for i, x in enumerate(a):
        for j, t in enumerate(b):
            table[i + 1, j + 1] = table[i, j] + 1 if x == t else max(table[i, j + 1], table[i + 1, j])
    common = table[-1, -1]
    return 0.0 if common == 0 else 2 * common / (len(a) + len(b))


def v13a(text):
    text = " " + text + " "
    text = re.sub(r"([\{-\~\[-\` -\&\(-\+\:-\@\/])", r" \1 ", text)
    text = re.sub(r"([^0-9])([\.,])", r"\1 \2 ", text)
    text = re.sub(r"([\.,])([^0-9])", r" \1 \2", text)
    return re.sub(r"([0-9])(-)", r"\1 \2 ", text).split()


for i, (a, b) in enumerate(pairs):
    put("text-rows", **{"token_f1.%d" % i: token_f1(a, b), "rouge_l.%d" % i: rouge_l(a, b)})


def bleu(pairs):
    logs, candidates, references = 0, 0, 0
    for n in range(1, 5):
        match = total = 0
        for a, b in pairs:
            a, b = v13a(a), v13a(b)
            candidates, references = candidates + len(b) * (n == 1), references + len(a) * (n == 1)
            grams = [tuple(b[i:i + n]) for i in range(len(b) - n + 1)]
            known = [tuple(a[i:i + n]) for i in range(len(a) - n + 1)]
            total += len(grams)
            match += sum(min(grams.count(g), known.count(g)) for g in set(grams))
        logs += math.log(match / total) / 4
    return math.exp(logs + min(0, 1 - references / candidates))


# NLTK counts one n-gram for a text that is too short for any, so that it can serve for the longer ones only.
long = [(a, b) for a, b in pairs if len(v13a(b)) >= 4]
assert abs(bleu(long) - corpus_bleu([[v13a(a)] for a, _ in long], [v13a(b) for _, b in long])) < 1e-12
pd.DataFrame(long, columns=["reference", "generated"]).to_csv("text-long.csv", index=False)
put("text-long", bleu=corpus_bleu([[v13a(a)] for a, _ in long], [v13a(b) for _, b in long]))
put("text",
    exact_match=np.mean([squad(a) == squad(b) for a, b in pairs]),
    token_f1=np.mean([token_f1(a, b) for a, b in pairs]),
    rouge_l=np.mean([rouge_l(a, b) for a, b in pairs]),
    bleu=bleu(pairs))

# ---- distributions ---------------------------------------------------------------------------------------------------

for x in [-37, -8.3, -3, -1.96, -0.5, 0, 1e-9, 0.1, 1, 2.828427, 2.9, 5, 8]:
    put("normal-cdf", **{repr(float(x)): stats.norm.cdf(x)})
for p in [1e-300, 1e-12, 0.0001, 0.025, 0.3, 0.5, 0.75, 0.975, 0.999999]:
    put("normal-quantile", **{repr(float(p)): stats.norm.ppf(p)})
for df in [1, 2, 5, 24, 300, 1e6]:
    for level in [0.5, 0.8, 0.95, 0.999]:
        put("student-width", **{"%r/%r" % (level, float(df)): student_width(level, df)})
    put("student-tail", **{"2.5/%r" % float(df): stats.t.sf(2.5, df)})
for k, size, p in [(0, 1, 0.5), (3, 10, 0.5), (9, 10, 0.9), (40, 100, 0.3), (499, 1000, 0.5), (100, 100, 0.2), (5, 1000, 0.001)]:
    put("binomial-cdf", **{"%d/%d/%r" % (k, size, p): stats.binom.cdf(k, size, p)})
    put("binomial-pmf", **{"%d/%d/%r" % (k, size, p): stats.binom.pmf(k, size, p)})

pd.DataFrame(OUT, columns=["case", "name", "value"]).to_csv("expected.csv", index=False)
print(len(OUT), "values")
