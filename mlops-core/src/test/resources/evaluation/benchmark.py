"""The peer of EvaluationBenchmark: what a user would write with pandas and scikit-learn."""
import sys

import pandas as pd
from sklearn import metrics as m

frame = pd.read_csv(sys.argv[1])
y, s = frame.label.to_numpy(), frame.score.to_numpy()
p = (s >= 0.5).astype(int)
precision, recall, f1, _ = m.precision_recall_fscore_support(y, p, average="binary")
for name, value in [("accuracy", m.accuracy_score(y, p)), ("precision", precision), ("recall", recall), ("f1", f1),
                    ("roc_auc", m.roc_auc_score(y, s)), ("log_loss", m.log_loss(y, s))]:
    print(name, repr(float(value)))
