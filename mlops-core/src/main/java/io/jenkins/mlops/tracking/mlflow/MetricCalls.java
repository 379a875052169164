package io.jenkins.mlops.tracking.mlflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.tracking.MetricPoint;
import io.jenkins.mlops.tracking.TrackingStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Answers the calls on metric series. */
final class MetricCalls {
    private static final int STORE_PAGE = 1_000;
    private static final int MOST = 25_000;
    private static final int MOST_RUNS = 100;
    private static final int MOST_OF_RUN = 2_500;

    private final TrackingStore store;
    private final RunCalls runs;

    MetricCalls(TrackingStore store, RunCalls runs) {
        this.store = store;
        this.runs = runs;
    }

    Reply history(Fields fields, Access access) {
        String run = runs.seen(fields.runId(), access).id();
        String key = fields.required("metric_key");
        if (!fields.has("max_results") && !fields.has("page_token")) {
            return out -> whole(run, key, out);
        }
        return Paged.of(
                        fields,
                        "metrics",
                        Paged.limit(fields, MOST, MOST),
                        page -> store.metricHistory(run, key, page),
                        point -> true)
                .reply("metrics", Wire::metric);
    }

    /** Clients that know no pages get all of it, however long, without it ever being in memory. */
    private void whole(String run, String key, OutputStream out) throws IOException {
        out.write("{".getBytes(StandardCharsets.UTF_8));
        String token = null;
        boolean first = true;
        do {
            Page<MetricPoint> page = store.metricHistory(run, key, new Page.Request(STORE_PAGE, token));
            StringBuilder text = new StringBuilder();
            for (MetricPoint point : page.items()) {
                text.append(first ? "\"metrics\":[" : ",").append(Json.write(Wire.metric(point)));
                first = false;
            }
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
            token = page.nextToken();
        } while (token != null);
        out.write((first ? "}" : "]}").getBytes(StandardCharsets.UTF_8));
    }

    Reply historyBulk(Fields fields, Access access) {
        List<String> ids = fields.has("run_id") ? fields.texts("run_id") : fields.texts("run_ids");
        if (ids.isEmpty() || ids.size() > MOST_RUNS) {
            throw MlflowException.invalid(
                    "GetMetricHistoryBulk request must specify 1 to " + MOST_RUNS + " run_ids, found " + ids.size());
        }
        String key = fields.required("metric_key");
        int left = Paged.limit(fields, MOST, MOST);
        ObjectNode node = Wire.object();
        for (String id : ids) {
            String run = runs.seen(id, access).id();
            left -= add(node, run, key, left);
        }
        return Reply.of(node);
    }

    /** Points of a span of steps, thinned for a plot, of several runs. */
    Reply historyBulkInterval(Fields fields, Access access) {
        List<String> ids = fields.texts("run_ids");
        if (ids.isEmpty() || ids.size() > MOST_RUNS) {
            throw MlflowException.invalid("GetMetricHistoryBulkInterval request must specify 1 to " + MOST_RUNS
                    + " run_ids. Received " + ids.size() + " run_ids.");
        }
        String key = fields.required("metric_key");
        Long start = fields.number("start_step");
        Long end = fields.number("end_step");
        if ((start == null) != (end == null)) {
            throw MlflowException.invalid("If either start step or end step are specified, both must be specified.");
        }
        long from = start == null ? Long.MIN_VALUE : start;
        long to = end == null ? Long.MAX_VALUE : end;
        if (from > to) {
            throw MlflowException.invalid(
                    "end_step must be greater than start_step. Found start_step=" + from + " and end_step=" + to + ".");
        }
        int most = Paged.limit(fields, MOST_OF_RUN, MOST_OF_RUN);
        ObjectNode node = Wire.object();
        for (String id : ids) {
            String run = runs.seen(id, access).id();
            for (MetricPoint point : store.metricSeries(run, key, Math.max(2, most), from, to)) {
                node.withArray("metrics").add(Wire.metric(point).put("run_id", run));
            }
        }
        return Reply.of(node);
    }

    private int add(ObjectNode node, String run, String key, int most) {
        int added = 0;
        String token = null;
        while (added < most) {
            Page<MetricPoint> page = page(run, key, Math.min(STORE_PAGE, most - added), token);
            for (MetricPoint point : page.items()) {
                node.withArray("metrics").add(Wire.metric(point).put("run_id", run));
                added++;
            }
            token = page.nextToken();
            if (token == null) {
                break;
            }
        }
        return added;
    }

    private Page<MetricPoint> page(String run, String key, int limit, @CheckForNull String token) {
        return store.metricHistory(run, key, new Page.Request(limit, token));
    }
}
