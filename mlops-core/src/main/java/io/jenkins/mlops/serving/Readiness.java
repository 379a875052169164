package io.jenkins.mlops.serving;

/** Asks an endpoint whether it is ready, over HTTP. */
final class Readiness {
    private Readiness() {}

    /** Sends every readiness request of the check; all must be answered with 2xx. */
    static Observation of(HttpProbe probe, HealthCheck check, String url) throws InterruptedException {
        StringBuilder seen = new StringBuilder();
        for (ProbeRequest request : check.readiness(url)) {
            ProbeResult result = probe.probe(request);
            String line = result.status() == 0 ? result.error() : request + " -> " + result.summary();
            if (!result.successful()) {
                return Observation.ill(line);
            }
            seen.append(seen.isEmpty() ? "" : ", ")
                    .append(line)
                    .append(" in ")
                    .append(result.latencyMillis())
                    .append(" ms");
        }
        return Observation.healthy(seen.toString());
    }
}
